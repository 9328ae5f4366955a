import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Door, DoorStack } from "./door-stack.ts";

describe.each<Door>(["plugin", "dynamic"])("importing through the %s door", (door) => {
  let stack: DoorStack;
  beforeAll(async () => {
    stack = await DoorStack.create(door);
    await mkdir(stack.path("found"));
    await writeFile(stack.path("found", ".mark"), "by hand");
    await writeFile(stack.path("found", "a"), "1");
  });
  afterAll(() => stack.remove());

  test(
    door === "plugin" ? "takes an existing resource into the state" : "is impossible: Pulumi itself refuses",
    async () => {
      const type = door === "plugin" ? "coppice:index:FileSet" : "pulumi-nodejs:dynamic/coppice:FileSet";
      const flags = ["--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
      const result = await stack.project.run("import", type, "found", stack.path("found"), ...flags);
      if (door === "dynamic") {
        expect(result.code).not.toBe(0);
        expect(result.stdout + result.stderr).toContain("code must be a string");
        return;
      }
      expect(result.code).toBe(0);
      expect((await stack.resource("found"))?.inputs).toEqual({
        folder: stack.path("found"),
        files: { a: "1" },
      });
      await stack.want({ found: { folder: stack.path("found"), files: { a: "1" } } });
      expect((await stack.project.run("preview", "--expect-no-changes")).code).toBe(0);
    },
  );
});
