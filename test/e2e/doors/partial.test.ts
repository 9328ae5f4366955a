import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Door, DoorStack, stepOf } from "./door-stack.ts";

const files = { a: "1", b: "2", c: "3" };

describe.each<Door>(["plugin", "dynamic"])("a create that fails in part behind the %s door", (door) => {
  let stack: DoorStack;
  beforeAll(async () => {
    stack = await DoorStack.create(door);
  });
  afterAll(() => stack.remove());

  test("keeps what was finished and names what was not", async () => {
    await stack.want({ set: { folder: stack.path("set"), files, gates: stack.gates } });
    await stack.fail("b", "the disk is full");
    const up = await stack.up();
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("b: the disk is full [pool.space]");
    expect(await stack.filesIn("set")).toEqual(["a", "c"]);
    const resource = await stack.resource("set");
    expect(resource?.id).toBe(stack.path("set"));
    expect(resource?.outputs).toMatchObject({ files: { a: "1", c: "3" } });
    expect(resource?.initErrors).toEqual(["b: the disk is full [pool.space]"]);
  });

  test("is still unfinished for a preview after a refresh has cleared the engine's own mark", async () => {
    expect((await stack.project.run("refresh", "--yes", "--skip-preview")).code).toBe(0);
    expect((await stack.resource("set"))?.initErrors).toBeUndefined();
    const preview = await stack.project.run("preview");
    expect(stepOf(preview, "set")?.op).toBe("update");
  });

  test("is finished by the next update that can", async () => {
    await stack.openGates();
    expect((await stack.up()).code).toBe(0);
    expect(await stack.filesIn("set")).toEqual(["a", "b", "c"]);
    expect((await stack.project.run("preview", "--expect-no-changes")).code).toBe(0);
  });

  test("an update that fails in part keeps its finished parts too", async () => {
    await stack.want({
      set: { folder: stack.path("set"), files: { ...files, d: "4", e: "5" }, gates: stack.gates },
    });
    await stack.fail("d", "no inodes left");
    const up = await stack.up();
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("d: no inodes left [pool.space]");
    expect((await stack.resource("set"))?.outputs).toMatchObject({ files: { ...files, e: "5" } });
  });

  test("can be destroyed as it is", async () => {
    expect((await stack.project.run("destroy", "--yes", "--skip-preview")).code).toBe(0);
    await expect(stack.filesIn("set")).rejects.toThrow("ENOENT");
  });
});
