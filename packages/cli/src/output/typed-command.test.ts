import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typedCommand, typedPulumi } from "./typed-command.ts";

test.each([
  ["coppice", typedCommand, ""],
  ["pulumi", typedPulumi, " pulumi"],
])(
  "%s is typed by its name only where the shell finds it, which is not in packages of npm",
  (name, typed, more) => {
    const folder = mkdtempSync(join(tmpdir(), "coppice-path-"));
    const ofPackages = join(folder, "node_modules/.bin");
    try {
      mkdirSync(ofPackages, { recursive: true });
      for (const place of [folder, ofPackages]) writeFileSync(join(place, name), "", { mode: 0o755 });
      expect(typed(`/nowhere:${folder}`)).toBe(name);
      for (const path of ["/nowhere", undefined, ofPackages])
        expect(typed(path)).toBe(`node_modules/.bin/coppice${more}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("a file to type instead is a word of a shell", () => {
  expect(typedCommand("/nowhere", "/home/it's me/coppice")).toBe(String.raw`'/home/it'\''s me/coppice'`);
});
