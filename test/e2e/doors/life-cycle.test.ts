import { rm, writeFile } from "node:fs/promises";
import { progressText } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Door, DoorStack, outputsOf, stepOf, stepsOf } from "./door-stack.ts";

describe.each<Door>(["plugin", "dynamic"])("the life of a resource behind the %s door", (door) => {
  const plugin = door === "plugin";
  let stack: DoorStack;
  beforeAll(async () => {
    stack = await DoorStack.create(door);
  });
  afterAll(() => stack.remove());

  test("a preview makes nothing; outputs are known beforehand through the plugin only", async () => {
    await stack.want({ set: { folder: stack.path("set"), files: { a: "1", b: "2" } } });
    const preview = await stack.project.run("preview");
    expect(preview.code).toBe(0);
    expect(stepOf(preview, "set")?.op).toBe("create");
    expect(outputsOf(preview, "set")?.["count"]).toBe(plugin ? 2 : undefined);
    await expect(stack.filesIn("set")).rejects.toThrow("ENOENT");
  });

  test("an update creates it, with progress on its row through the plugin only", async () => {
    const up = await stack.up();
    expect(up.code).toBe(0);
    expect(await stack.filesIn("set")).toEqual(["a", "b"]);
    expect((await stack.resource("set"))?.outputs).toMatchObject({ count: 2, files: { a: "1", b: "2" } });
    const own = up.events.filter((event) => "urn" in event && event.urn?.endsWith("::set"));
    const row = own.filter((event) => event.kind === "diagnostic" && event.isEphemeral);
    expect(row[0]).toEqual(plugin ? expect.objectContaining({ text: "creating a (0 of 2)" }) : undefined);
    const told = own.map((event) => (event.kind === "progress" ? progressText(event.progress) : event.kind));
    const steps = ["creating a (0 of 2)", "created a (1 of 2)", "creating b (1 of 2)", "created b (2 of 2)"];
    expect(told.filter((each) => each !== "diagnostic")).toEqual(["step", ...(plugin ? steps : []), "step"]);
  });

  test("a second preview is empty", async () => {
    const preview = await stack.project.run("preview", "--expect-no-changes");
    expect(preview.code).toBe(0);
  });

  test("a changed item is shown as that item through the plugin, as a bare update through the other", async () => {
    await stack.want({ set: { folder: stack.path("set"), files: { a: "1", b: "changed", c: "3" } } });
    const up = await stack.project.run("up", "--yes");
    expect(up.code).toBe(0);
    const diff = stepOf(up, "set")?.detailedDiff;
    const expected = { "files.b": { diffKind: "update" }, "files.c": { diffKind: "add" } };
    if (plugin) expect(diff).toMatchObject(expected);
    else expect(diff ?? null).toBeNull();
    expect(await stack.filesIn("set")).toEqual(["a", "b", "c"]);
  });

  test("refresh records what has changed outside, and the next update puts it right", async () => {
    await writeFile(stack.path("set", "a"), "drifted");
    const refresh = await stack.project.run("refresh", "--yes", "--skip-preview");
    expect(refresh.code).toBe(0);
    expect((await stack.resource("set"))?.outputs).toMatchObject({ files: { a: "drifted" } });
    const up = await stack.up();
    expect(stepOf(up, "set")?.op).toBe("update");
    expect((await stack.resource("set"))?.outputs).toMatchObject({ files: { a: "1" } });
  });

  test("a refused input is named with its path and nothing is done", async () => {
    await stack.want({ set: { folder: stack.path("set"), files: { a: "1", "../evil": "x" } } });
    const up = await stack.up();
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain('files["../evil"]');
    expect(up.stdout + up.stderr).toContain("must be a plain file name");
    expect(up.stdout + up.stderr).not.toMatch(/\n\s+at .*\.js:\d+/);
  });

  test("an input that cannot change in place replaces the resource, the old one first", async () => {
    await stack.want({ set: { folder: stack.path("other"), files: { a: "1" } } });
    const up = await stack.up();
    expect(up.code).toBe(0);
    const done = stepsOf(up, "set").filter(({ phase }) => phase === "done");
    const own = done.map(({ op }) => op);
    expect(own.indexOf("delete-replaced")).toBeLessThan(own.indexOf("create-replacement"));
    expect(await stack.filesIn("other")).toEqual(["a"]);
    await expect(stack.filesIn("set")).rejects.toThrow("ENOENT");
  });

  test("deleting what is gone already succeeds", async () => {
    await rm(stack.path("other"), { recursive: true });
    await stack.want({});
    const up = await stack.up();
    expect(up.code).toBe(0);
    expect(await stack.resource("set")).toBeUndefined();
  });
});
