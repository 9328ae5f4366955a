import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typedCommand } from "../output/typed-command.ts";
import { goOn } from "./go-on.ts";

const checkout = join(import.meta.dirname, "../../../..");

test("the lines after the demo work in their order in a checkout, put nothing into it, and fit a terminal", () => {
  const home = mkdtempSync(join(tmpdir(), "coppice-go-on-"));
  const status = () => execFileSync("git", ["status", "--porcelain"], { cwd: checkout, encoding: "utf8" });
  try {
    const before = status();
    const [keep = "", ...lines] = goOn(typedCommand(""));
    expect(keep).toMatch(/^npm run demo -- --keep {2}/);
    const commands = lines.map((line) => line.replace(/ {2,}.*$/, ""));
    const env = { ...process.env, HOME: home };
    const printed = execFileSync("sh", ["-ec", commands.join("\n")], {
      cwd: checkout,
      env,
      encoding: "utf8",
    });
    expect(printed).toMatch(/^ {2}cd \S+my-class$/m);
    expect(existsSync(join(home, "my-class", "Pulumi.yaml"))).toBe(true);
    expect(status()).toBe(before);
    expect(Math.max(...goOn(typedCommand("")).map((line) => line.length))).toBeLessThanOrEqual(76);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}, 60_000);
