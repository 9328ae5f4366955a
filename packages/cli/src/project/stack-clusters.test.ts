import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readStackClusters } from "./stack-clusters.ts";

let home: string;
let project: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "coppice-stack-")));
  project = join(home, "project");
  mkdirSync(join(project, "sub"), { recursive: true });
  write("Pulumi.yaml", "name: lab\nruntime: nodejs\n");
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(project, name), text);
const main = (endpoint: string) => ({ main: { endpoint, token: { env: "T" } } });
const stackText = (endpoint: string) =>
  `config:\n  coppice:clusters:\n    main:\n      endpoint: ${endpoint}\n      token:\n        env: T\n`;

/** As the engine writes it at `pulumi stack select`. */
function select(stack: string, file = join(project, "Pulumi.yaml")): void {
  const hash = createHash("sha1").update(file).digest("hex");
  mkdirSync(join(home, ".pulumi", "workspaces"), { recursive: true });
  const text = JSON.stringify({ stack: `organization/lab/${stack}` });
  writeFileSync(join(home, ".pulumi", "workspaces", `lab-${hash}-workspace.json`), text);
}

/** No engine is on PATH: whatever asks it fails. */
const read = (stack?: string, more: { folder?: string; environment?: object } = {}) =>
  readStackClusters({
    folder: project,
    stack,
    ...more,
    environment: { PULUMI_HOME: join(home, ".pulumi"), PATH: "/nowhere", ...more.environment },
  });

describe("the clusters of a stack are read without the engine", () => {
  test("of the selected one, from any folder of the project", async () => {
    write("Pulumi.dev.yaml", stackText("https://dev:8006"));
    select("dev");
    const expected = { given: main("https://dev:8006"), secret: false, folder: project };
    expect(await read()).toEqual(expected);
    expect(await read(undefined, { folder: join(project, "sub") })).toEqual(expected);
  });

  test("not of one that is noted where HOME leads: the engine looks in the home of the account", async () => {
    write("Pulumi.dev.yaml", stackText("https://dev:8006"));
    select("dev");
    expect(await read(undefined, { environment: { PULUMI_HOME: "", HOME: home } })).toBeUndefined();
  });

  test("of the one that is named, by PULUMI_STACK too", async () => {
    write("Pulumi.dev.yaml", stackText("https://dev:8006"));
    write("Pulumi.prod.yaml", stackText("https://prod:8006"));
    select("dev");
    const prod = { given: main("https://prod:8006") };
    expect(await read("prod")).toMatchObject(prod);
    expect(await read("organization/lab/prod")).toMatchObject(prod);
    expect(await read(undefined, { environment: { PULUMI_STACK: "prod" } })).toMatchObject(prod);
  });

  test("of one that was selected where a link leads to the project, as PWD spells it", async () => {
    write("Pulumi.dev.yaml", stackText("https://dev:8006"));
    const link = join(home, "link");
    symlinkSync(project, link);
    select("dev", join(link, "Pulumi.yaml"));
    expect(await read(undefined, { environment: { PWD: link } })).toMatchObject({
      given: main("https://dev:8006"),
    });
  });

  test("as text, in JSON, in a folder of their own, and from the project where the stack has none", async () => {
    const text = JSON.stringify(main("https://dev:8006"));
    write("Pulumi.dev.yaml", `config:\n  coppice:clusters: '${text}'\n`);
    expect(await read("dev")).toMatchObject({ given: text });
    write("Pulumi.yaml", "name: lab\nruntime: nodejs\nstackConfigDir: sub\n");
    write("sub/Pulumi.dev.yaml", stackText("https://sub:8006"));
    expect(await read("dev")).toMatchObject({ given: main("https://sub:8006") });
    write(
      "Pulumi.yaml",
      "name: lab\nruntime: nodejs\nconfig:\n  coppice:clusters:\n    value:\n      main: {endpoint: 'https://all:8006', token: {env: T}}\n",
    );
    write("Pulumi.dev.yaml", "config:\n  lab:seats: 3\n");
    expect(await read("dev")).toMatchObject({ given: main("https://all:8006") });
    write("Pulumi.json", JSON.stringify({ name: "lab", runtime: "nodejs" }));
    write("Pulumi.dev.json", JSON.stringify({ config: { "coppice:clusters": main("https://json:8006") } }));
    expect(await read("dev")).toMatchObject({ given: main("https://json:8006") });
  });
});

describe("nothing is read", () => {
  test("where no stack is selected, or there is no project", async () => {
    write("Pulumi.dev.yaml", stackText("https://dev:8006"));
    expect(await read()).toBeUndefined();
    expect(await read(undefined, { folder: home })).toBeUndefined();
  });

  test("of a stack without a file: those that have one are named", async () => {
    write("Pulumi.dev.yaml", "");
    await expect(read("prdo")).rejects.toThrow(/no Pulumi\.prdo\.yaml in .*; there are files of dev\. Name/);
  });

  test("of a file that is no YAML: its place is told, and nothing that stands there", async () => {
    write("Pulumi.dev.yaml", 'config:\n  coppice:clusters:\n    main: { token: "root@pam!t=planted }\n');
    const refusal: unknown = await read("dev").catch((error: unknown) => error);
    expect(String(refusal)).toMatch(/Pulumi\.dev\.yaml cannot be read: it is no YAML at line 4, column 1\./);
    expect(String(refusal)).not.toContain("planted");
  });
});
