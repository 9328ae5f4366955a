import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typedPulumi } from "./typed-pulumi.ts";

test("the engine is typed by its name only where the shell finds it, which is not in packages of npm", () => {
  const folder = mkdtempSync(join(tmpdir(), "coppice-path-"));
  try {
    writeFileSync(join(folder, "pulumi"), "", { mode: 0o755 });
    expect(typedPulumi(`/nowhere:${folder}`)).toBe("pulumi");
    expect(typedPulumi("/nowhere")).toBe("node_modules/.bin/coppice pulumi");
    expect(typedPulumi(`${folder}/node_modules/.bin`)).toBe("node_modules/.bin/coppice pulumi");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
