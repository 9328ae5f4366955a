import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Properties } from "@coppice/core";
import { type Engine, startEngine } from "@coppice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classInputs, EngineLab, listen } from "./engine-lab.ts";

const PASSWORD = "planted-password-7d1a";

/** Runs of one process, one after another; the tests stand on each other. */
describe("runs of the engine in one process", { timeout: 120_000 }, () => {
  let lab: EngineLab;
  let engine: Engine;
  beforeAll(async () => {
    lab = await EngineLab.start();
    engine = await startEngine(lab.options);
  }, 60_000);
  afterAll(async () => {
    engine.stop();
    await lab.remove();
  });

  test("make what is described, and tell each step and each seat", async () => {
    const talk = listen();
    const outcome = await engine.run(lab.order("up", 3), talk);
    expect(outcome).toEqual({ result: "succeeded", changes: { create: 4 }, failures: [], left: [] });
    expect((await lab.machines()).map((name) => name.split(" ")[0])).toEqual(["20001", "20002", "20003"]);
    const done = talk.events.flatMap((event) =>
      event.kind === "step" && event.phase === "done" ? [event.type] : [],
    );
    expect(done).toEqual(
      expect.arrayContaining(["coppice:index:BaseGeneration", "coppice:index:OverlayPool"]),
    );
    const seats = talk.events.flatMap((event) =>
      event.kind === "progress" && event.progress.item?.kind === "seat" ? [event.progress.item.name] : [],
    );
    expect([...new Set(seats)].sort()).toEqual(["seat-01", "seat-02", "seat-03"]);
  });

  test("find nothing to do afterwards, in a preview and in a refresh", async () => {
    for (const verb of ["preview", "refresh", "up"] as const) {
      const { result, changes } = await engine.run(lab.order(verb, 3), listen());
      expect({ verb, result, changes }).toEqual({ verb, result: "succeeded", changes: { same: 4 } });
    }
  });

  test("refuse what cannot be right with all that is wrong, remove nothing, and leave the process fit", async () => {
    const documents = [
      { kind: "LabClass", name: "lab", inputs: { seats: "3" } },
      { kind: "LabKlass", name: "other", inputs: {} },
    ];
    const before = await lab.machines();
    const { result, failures } = await engine.run(lab.order("up", 3, { documents }), listen());
    expect(result).toBe("failed");
    expect(failures.map(({ code }) => code)).toEqual(["engine.description", "engine.description"]);
    expect(failures[0]?.message).toMatch(/^LabClass 'lab' has 4 mistakes:/);
    expect(await lab.machines()).toEqual(before);
    expect((await engine.run(lab.order("preview", 3), listen())).changes).toEqual({ same: 4 });
  });

  test("remove nothing of a class that fails, nor of its neighbour", async () => {
    const inputs = { ...classInputs, seats: 3 };
    const failing = { ...inputs, template: { vmid: 9999 }, publish: { generation: 2, from: { vmid: 9998 } } };
    const both = (first: Properties) => [
      { kind: "LabClass", name: "lab", inputs: first },
      { kind: "LabClass", name: "two", inputs: { ...inputs, vmids: { from: 30000, to: 30099 } } },
    ];
    await engine.run(lab.order("up", 3, { documents: both(inputs) }), listen());
    const before = await lab.machines();
    expect(before).toHaveLength(6);
    const { result, failures } = await engine.run(lab.order("up", 3, { documents: both(failing) }), listen());
    expect(result).toBe("failed");
    expect(failures.map(({ code }) => code)).toContain("generation.no-source");
    expect(await lab.machines()).toEqual(before);
    expect(await engine.run(lab.order("up", 3), listen())).toMatchObject({ result: "succeeded" });
    expect(await lab.machines()).toHaveLength(3);
  });

  test("keep another stack apart, with nothing of the first one's program in it", async () => {
    const inputs = { ...classInputs, seats: 1, vmids: { from: 30000, to: 30099 } };
    const more = { stack: "other", documents: [{ kind: "LabClass", name: "two", inputs }] };
    const talk = listen();
    expect((await engine.run(lab.order("up", 0, more), talk)).changes).toEqual({ create: 4 });
    const urns = talk.events.flatMap((event) => (event.kind === "step" ? [event.urn] : []));
    expect(urns.filter((urn) => !urn.startsWith("urn:pulumi:other::"))).toEqual([]);
    expect(await engine.run(lab.order("destroy", 0, more), listen())).toMatchObject({ result: "succeeded" });
    expect((await engine.run(lab.order("preview", 3), listen())).changes).toEqual({ same: 4 });
  });

  test("read a secret where the order says, keep it, and show it nowhere", async () => {
    const cloudInit = { user: "student", password: { env: "LAB_PASSWORD" } };
    const documents = [{ kind: "LabClass", name: "lab", inputs: { ...classInputs, seats: 3, cloudInit } }];
    const talk = listen();
    const credentials = { LAB_PASSWORD: PASSWORD };
    const outcome = await engine.run(lab.order("up", 3, { documents, credentials }), talk);
    expect(outcome).toMatchObject({ result: "succeeded" });
    expect(JSON.stringify([outcome, talk.events])).not.toContain(PASSWORD);
    expect(placesWith(lab.home.folder, PASSWORD)).toEqual([]);
    expect(placesWith(lab.home.folder, "LAB_PASSWORD")).not.toEqual([]);
    const without = await engine.run(lab.order("preview", 3, { documents }), listen());
    expect(without.failures).toMatchObject([{ code: "secret.unavailable" }]);
  });

  test("read a stack's secrets also when its salt is gone, and keep a new one", async () => {
    const salts = join(lab.home.folder, "salts");
    const before = readFileSync(join(salts, "coppice-tenant.main"), "utf8");
    rmSync(join(salts, "coppice-tenant.main"));
    expect(await engine.run(lab.order("up", 3), listen())).toMatchObject({ result: "succeeded" });
    expect(readFileSync(join(salts, "coppice-tenant.main"), "utf8")).toMatch(/^v1:/);
    expect(readFileSync(join(salts, "coppice-tenant.main"), "utf8")).not.toBe(before);
    expect((await engine.run(lab.order("preview", 3), listen())).changes).toEqual({ same: 4 });
  });

  test("make a stack also where only the engine knows the place of its state", async () => {
    const folder = join(lab.home.folder, "elsewhere");
    mkdirSync(folder);
    const variables = { ...lab.home.variables, PULUMI_BACKEND_URL: pathToFileURL(folder).href };
    const home = { ...lab.home, backend: "s3://elsewhere", variables };
    const other = await startEngine({ ...lab.options, home });
    const order = lab.order("preview", 1, { stack: "far" });
    expect(await other.run(order, listen())).toMatchObject({ result: "succeeded", changes: { create: 4 } });
    expect(await other.run(order, listen())).toMatchObject({ result: "succeeded", changes: { create: 4 } });
    other.stop();
    expect(readdirSync(join(folder, ".pulumi", "stacks", "coppice-tenant"))).toContain("far.json");
    rmSync(join(lab.home.folder, "salts", "coppice-tenant.far"));
  });

  test("say why the engine did not begin", async () => {
    const home = {
      ...lab.home,
      variables: { ...lab.home.variables, PULUMI_CONFIG_PASSPHRASE: "planted-77" },
    };
    const other = await startEngine({ ...lab.options, home });
    const { result, failures } = await other.run(lab.order("preview", 3), listen());
    other.stop();
    expect([result, failures]).toMatchObject(["failed", [{ code: "engine.passphrase" }]]);
    expect(failures[0]?.message).toMatch(/encrypted with another passphrase/);
  });

  test("stop where they are asked to, and go on from there", async () => {
    const abort = new AbortController();
    const talk = listen((event) => {
      if (event.kind === "progress" && event.progress.item?.kind === "seat") abort.abort();
    });
    const outcome = await engine.run(lab.order("up", 25), { ...talk, signal: abort.signal });
    expect(outcome.result).toBe("cancelled");
    expect(outcome.left).toEqual([expect.stringMatching(/OverlayPool::lab$/)]);
    expect(await engine.run(lab.order("up", 25), listen())).toMatchObject({ result: "succeeded", left: [] });
    expect(await lab.machines()).toHaveLength(25);
  });

  test("leave nothing in the home but state, salts and the engine's own", async () => {
    expect(await engine.run(lab.order("destroy", 25), listen())).toMatchObject({ result: "succeeded" });
    expect(await lab.machines()).toEqual([]);
    expect(readdirSync(join(lab.home.folder, "runs"))).toEqual([]);
    expect(readdirSync(join(lab.home.folder, "salts")).sort()).toEqual([
      "coppice-tenant.main",
      "coppice-tenant.other",
    ]);
  });
});

function placesWith(folder: string, text: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => readFileSync(path, "utf8").includes(text));
}
