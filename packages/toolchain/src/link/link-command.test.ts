import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { thisHost } from "../base/host.js";
import { linkCommand } from "./link-command.js";

let home: string;
let bin: string;
const command = "/somewhere/coppice/packages/cli/bin/coppice.js";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "coppice-link-"));
  bin = join(home, ".local", "bin");
});
afterEach(() => rmSync(home, { recursive: true }));

const link = (path = bin) => linkCommand(thisHost({ env: { HOME: home, PATH: path } }), command);

test("the command is found under its own name, and nothing more is said where PATH has its folder", () => {
  expect(link()).toHaveLength(1);
  expect(readlinkSync(join(bin, "coppice"))).toBe(command);
});

test("a folder that PATH lacks is told with the line to type", () => {
  expect(link("/usr/bin").at(-1)).toBe(`  export PATH="${bin}:$PATH"`);
});

test("a checkout that was moved links anew, also over a link that leads nowhere", () => {
  mkdirSync(bin, { recursive: true });
  symlinkSync("/former/coppice/packages/cli/bin/coppice.js", join(bin, "coppice"));
  link();
  expect(readlinkSync(join(bin, "coppice"))).toBe(command);
});

test("what is not a link of ours is left alone, with what to do", () => {
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "coppice"), "mine");
  expect(link).toThrow(/something else has that name\.\nMove it away/);
});
