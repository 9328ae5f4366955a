import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { status } from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb.js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AttachedHost, answer, attachHost } from "./host-client.ts";
import { isForeignHost, writeFiles } from "./stage.ts";

let folder: string;
let host: AttachedHost;

const fakeNpm = `#!/bin/sh
test "$1" = --version && { echo 11.0.0; exit; }
echo "npm $* in $(pwd)"; echo "a warning" >&2; test ! -e fail\n`;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "coppice-host-calls-")));
  await writeFiles(folder, {
    "package.json": '{ "dependencies": { "lab": "*" }, "devDependencies": { "typescript": "*" } }',
    "node_modules/lab/package.json":
      '{ "name": "lab", "version": "1.0.0", "pulumi": { "resource": true, "name": "lab" } }',
    "node_modules/typescript/package.json": '{ "name": "typescript", "version": "6.0.3" }',
    "node_modules/stranger/package.json": '{ "pulumi": { "resource": true, "name": "stranger" } }',
    "bin/npm": fakeNpm,
  });
  await chmod(join(folder, "bin/npm"), 0o755);
  const path = [join(folder, "bin"), process.env["PATH"]].join(delimiter);
  host = await attachHost({ ...process.env, PATH: path }, folder);
});
afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

function programInfo(
  options: Record<string, JavaScriptValue> = {},
  programFolder = folder,
): language.ProgramInfo {
  const info = new language.ProgramInfo();
  info.setRootDirectory(programFolder);
  info.setProgramDirectory(programFolder);
  info.setEntryPoint(".");
  info.setOptions(Struct.fromJavaScript(options));
  return info;
}

describe("a language host that is called with the SDK's own client", () => {
  test("answers in a folder without @pulumi/pulumi", async () => {
    const info = await answer<PluginInfo>((done) => host.client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toMatch(/^v?\d+\.\d+\.\d+/);
  });

  test("reports only the plugins that the program can reach", async ({ skip }) => {
    skip(isForeignHost, "the official host reports everything in node_modules");
    const request = new language.GetRequiredPackagesRequest();
    request.setInfo(programInfo());
    const response = await answer<language.GetRequiredPackagesResponse>((done) =>
      host.client.getRequiredPackages(request, done),
    );
    expect(response.toObject().packagesList).toMatchObject([
      { name: "lab", kind: "resource", version: "v1.0.0" },
    ]);
  });

  test("describes Node, npm and TypeScript for `pulumi about`", async () => {
    const request = new language.AboutRequest();
    request.setInfo(programInfo());
    const about = await answer<language.AboutResponse>((done) => host.client.about(request, done));
    expect(about.getVersion()).toMatch(/^v\d+\./);
    const expected = { packagemanager: "npm", packagemanagerVersion: "11.0.0", typescriptVersion: "6.0.3" };
    expect(Object.fromEntries(about.toObject().metadataMap)).toEqual(expected);
  });

  test("lists the program's dependencies with the versions that are installed", async ({ skip }) => {
    skip(isForeignHost, "the official host reads the lock file instead");
    const request = new language.GetProgramDependenciesRequest();
    request.setInfo(programInfo());
    const response = await answer<language.GetProgramDependenciesResponse>((done) =>
      host.client.getProgramDependencies(request, done),
    );
    expect(response.toObject().dependenciesList).toEqual([
      { name: "lab", version: "1.0.0" },
      { name: "typescript", version: "6.0.3" },
    ]);
  });

  test("refuses to run a program before it knows an engine", async ({ skip }) => {
    skip(isForeignHost, "the official host answers with a status instead of an outcome");
    const request = new language.RunRequest();
    request.setInfo(programInfo());
    const response = await answer<language.RunResponse>((done) => host.client.run(request, done));
    expect(response.getError()).toContain("must call Handshake before Run");
  });

  test("answers a cancel when nothing runs", async () => {
    await expect(answer((done) => host.client.cancel(new Empty(), done))).resolves.toBeDefined();
  });

  test("says of other calls that it does not offer them", async ({ skip }) => {
    skip(isForeignHost, "the official host offers them");
    const call = answer((done) => host.client.pack(new language.PackRequest(), done));
    await expect(call).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });
});

describe("installing dependencies", () => {
  async function install(programFolder: string, options: Record<string, JavaScriptValue> = {}) {
    const request = new language.InstallDependenciesRequest();
    request.setInfo(programInfo(options, programFolder));
    const output = { stdout: "", stderr: "" };
    const call = host.client.installDependencies(request);
    call.on("data", (message: language.InstallDependenciesResponse) => {
      output.stdout += Buffer.from(message.getStdout_asU8()).toString();
      output.stderr += Buffer.from(message.getStderr_asU8()).toString();
    });
    await new Promise((resolve, reject) => {
      call.on("end", resolve);
      call.on("error", reject);
    });
    return output;
  }

  test("runs npm and passes on what it prints", async () => {
    const { stdout, stderr } = await install(folder);
    expect(stdout).toContain(`npm install --loglevel=error in ${folder}\n`);
    expect(stdout).toMatch(/^Installing dependencies\.\.\.[\s\S]+Finished installing dependencies\s+$/);
    expect(stderr).toContain("a warning\n");
  });

  test("fails when npm does", async () => {
    await writeFiles(join(folder, "failing"), { fail: "", "package.json": "{}" });
    await expect(install(join(folder, "failing"))).rejects.toThrow(/exit (code|status) 1/);
  });

  test("leaves other package managers to the user", async ({ skip }) => {
    skip(isForeignHost, "the official host runs them");
    await expect(install(folder, { packagemanager: "pnpm" })).rejects.toThrow(
      'Run "pnpm install" in the project\'s folder',
    );
  });
});
