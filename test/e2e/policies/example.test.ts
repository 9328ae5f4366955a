import { readFileSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { PolicyLab, violationsIn } from "./policy-lab.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const readme = readFileSync(join(checkout, "examples/policy-packs/README.md"), "utf8");
const flags = (/coppice pulumi preview (.*)/.exec(readme)?.[1] ?? "").split(" ");

describe("the example policy-packs", { timeout: 240_000 }, () => {
  let lab: PolicyLab;
  beforeAll(async () => {
    const ahead = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
    lab = await PolicyLab.start({ "policy-packs:expires": ahead }, "policy-packs");
    // What stands beside the examples in a checkout.
    await symlink(join(checkout, "policies"), join(lab.stack.folder, "policies"));
  }, 60_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  test("passes with the flags of its page, typed as they stand", async () => {
    const { code, stdout, stderr } = await lab.stack.run("preview", ...flags);
    expect([code, violationsIn(stdout), stderr]).toEqual([0, [], ""]);
    expect(stdout).toContain("coppice-quota@v");
  });

  test("is refused with more seats than its page says, and nothing is made", async () => {
    await lab.stack.project.configure("policy-packs:seats", "31");
    const { code, stdout } = await lab.stack.run("up", "--yes", ...flags);
    const [sentence, ...more] = violationsIn(stdout);
    expect([code, more]).toEqual([1, []]);
    expect(sentence).toContain(
      "machines: 31 asked for, 30 allowed (limit 30, used 0), 1 too many; cores: 62 asked for",
    );
    expect(await guestsAndDisks(lab.emulator)).toEqual(TEMPLATE_ONLY);
  });

  test("is made within its limits", async () => {
    await lab.stack.project.configure("policy-packs:seats", "3");
    await lab.stack.succeeds("up", "--yes", "--skip-preview", ...flags);
    await lab.stack.succeeds("destroy", "--yes", "--skip-preview");
  });
});
