import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

const blocks = markdownPages()
  .flatMap(snippetsOf)
  .filter(({ path }) => path === "docs/guides/pipelines.md");

/** The block of the page that says something. */
function blockWith(words: string): string {
  const found = blocks.find(({ code }) => code.includes(words));
  if (found === undefined) throw new Error(`the page has no block that says ${words}`);
  return found.code;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly if?: string;
  readonly run?: string;
}

/** What GitHub would run at an event, each step in a shell of its own; where one fails, the ones that always run come next. */
function githubSteps(event: string): string[] {
  // Of the form that GitHub documents.
  const { jobs } = parse(blockWith("$GITHUB_PATH")) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return steps.flatMap(({ if: when = event, run }) =>
    run !== undefined && when.includes(event) ? [run] : [],
  );
}

interface Job {
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}

/** What GitLab would run of a job, all of it in one shell. */
function gitlabJob(name: string): string {
  // Of the form that GitLab documents.
  const jobs = parse(blockWith("CI_PIPELINE_SOURCE")) as Readonly<Record<string, Job>>;
  return [...(jobs["default"]?.before_script ?? []), ...(jobs[name]?.script ?? [])].join("\n");
}

const CLASS = `\
kind: LabClass
version: 1
name: networks-101
cluster: main
template: { vmid: 9000 }
seats: 2
storage: nas
`;

/** What is not ours in the recipes notes how it was called. */
const OTHERS = ["npm", "gh", "curl"];

/** One cluster and one state through all recipes; the tests stand on each other. */
describe("the recipes of the guide to pipelines", { timeout: 120_000 }, () => {
  let lab: EmulatedCluster;
  let folder: string;
  let checkout: string;
  beforeAll(async () => {
    lab = await EmulatedCluster.start({ nodes: 1, timeScale: 5 });
    folder = mkdtempSync(join(tmpdir(), "coppice-recipes-"));
    checkout = join(folder, "checkout");
    for (const each of ["bin", "checkout/classes", "checkout/node_modules/.bin", "state"])
      mkdirSync(join(folder, each), { recursive: true });
    for (const name of OTHERS) {
      const file = join(folder, "bin", name);
      writeFileSync(file, `#!/bin/sh\necho ${name} "$@" >>"${folder}/called"\n`);
      chmodSync(file, 0o755);
    }
    symlinkSync(join(root, "packages/cli/bin/coppice.js"), join(checkout, "node_modules/.bin/coppice"));
    const cluster = blockWith("kind: Cluster").replace("https://pve1.example.org:8006", lab.emulator.url);
    writeFileSync(join(checkout, "classes/main.yaml"), cluster);
    writeFileSync(join(checkout, "classes/pve-root-ca.pem"), lab.emulator.ca);
    writeFileSync(join(checkout, "classes/networks-101.yaml"), CLASS);
  }, 60_000);
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  /** Types lines as a runner does that has nothing of the runs before; answers the exit code and what was printed. */
  async function type(lines: string, more: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> {
    const { token } = lab.emulator;
    const path = [join(folder, "bin"), dirname(process.execPath), process.env["PATH"]];
    const env = {
      HOME: mkdtempSync(join(folder, "home-")),
      PATH: path.join(delimiter),
      XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
      PULUMI_BACKEND_URL: `file://${folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "a long one",
      PVE_TOKEN: `${token.id}=${token.secret}`,
      ...more,
    };
    return await new Promise((resolve) => {
      const child = execFile("bash", ["-ec", lines], { cwd: checkout, env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
      );
      child.stdin?.end();
    });
  }

  /** Types steps of GitHub, with the folders on PATH that earlier ones have asked for. */
  async function onGithub(event: string): Promise<{ code: number; said: string }[]> {
    const paths = join(folder, "paths");
    writeFileSync(paths, "");
    const results = [];
    for (const step of githubSteps(event)) {
      const asked = readFileSync(paths, "utf8").trim();
      results.push(await type(`PATH="${asked}:$PATH"\n${step}`, { GITHUB_PATH: paths, PULL_REQUEST: "7" }));
    }
    return results;
  }

  const onGitlab = async (job: string) =>
    await type(gitlabJob(job), { CI_API_V4_URL: "https://gitlab.example.org/api/v4", CI_PROJECT_ID: "1" });
  const comment = () => readFileSync(join(checkout, "comment.md"), "utf8");
  const called = () => readFileSync(join(folder, "called"), "utf8");
  const codes = (results: readonly { code: number }[]) => results.map(({ code }) => code);

  test("comment on a pull request on GitHub, apply what is merged, and find no drift", async () => {
    expect(codes(await onGithub("pull_request"))).toEqual([0, 0, 0, 0]);
    expect(comment()).toContain("2 seats are made: seat-01, seat-02");
    expect(called()).toMatch(/^npm ci .*\ngh pr comment 7 .*--body-file comment\.md\n$/);
    expect(await onGithub("push")).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
    expect(await lab.shell("pve1", "qm list")).toContain("networks-101-seat-02");
    expect(codes(await onGithub("schedule"))).toEqual([0, 0, 0]);
  });

  test("do the same on GitLab, from runs that know nothing of those before", async () => {
    expect(await onGitlab("preview")).toMatchObject({ code: 0 });
    expect(comment()).toContain("1 unchanged");
    expect(called()).toContain(
      "--data-urlencode body@comment.md https://gitlab.example.org/api/v4/projects/1/",
    );
    expect(await onGitlab("apply")).toMatchObject({ code: 0 });
    expect(await onGitlab("drift")).toMatchObject({ code: 0 });
  });

  test("tell in the comment what is wrong, and why nothing could be told", async () => {
    const file = join(checkout, "classes/networks-101.yaml");
    writeFileSync(file, CLASS.replace("storage:", "storag:"));
    expect(codes(await onGithub("pull_request"))).toEqual([0, 0, 2, 0]);
    expect(comment()).toContain("networks-101.yaml:7:1: 'storag' is not known");
    writeFileSync(file, CLASS.replace("seats: 2", "seats: 3"));
    const { code } = await type(gitlabJob("preview"), { PVE_TOKEN: "none" });
    writeFileSync(file, CLASS);
    expect(code).toBe(1);
    expect(comment()).toMatch(/^### Coppice: .*\n[\s\S]*\[pve\.settings\]/);
    expect((await type(gitlabJob("preview"), { COPPICE_HOME: file })).code).toBe(1);
    expect(comment()).toMatch(/^### Coppice: could not tell\n\n[\s\S]*COPPICE_HOME \[engine\.home\]/);
  });

  test("end a night's drift with 2 when somebody changed something, from plain shell too", async () => {
    await lab.shell("pve1", "qm set 20001 --memory 512");
    const script = join(checkout, "classes.sh");
    writeFileSync(script, blockWith('case "$1" in'));
    const typed = async (words: string) => await type(`cd /\nsh ${script} ${words}`);
    expect(await typed("drift")).toMatchObject({
      code: 2,
      said: expect.stringContaining("drift of classes: 2"),
    });
    expect((await onGitlab("drift")).code).toBe(2);
    expect((await typed("preview")).code).toBe(0);
    expect((await typed("up")).code).toBe(0);
    const usage = { code: 64, said: expect.stringContaining("usage: sh") };
    expect([await typed(""), await typed("Up")]).toMatchObject([usage, usage]);
  });
});
