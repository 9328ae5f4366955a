import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typedCommand } from "./typed-command.ts";

test("the command is typed by its name only where the shell finds it, which is not in packages of npm", () => {
  const folder = mkdtempSync(join(tmpdir(), "coppice-path-"));
  try {
    writeFileSync(join(folder, "coppice"), "", { mode: 0o755 });
    expect(typedCommand(`/nowhere:${folder}`)).toBe("coppice");
    expect(typedCommand("/nowhere")).toBe("node_modules/.bin/coppice");
    expect(typedCommand("/nowhere", "/home/it's me/coppice")).toBe(String.raw`'/home/it'\''s me/coppice'`);
    expect(typedCommand("/project/node_modules/.bin")).toBe("node_modules/.bin/coppice");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
