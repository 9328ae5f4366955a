import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { listFiles } from "./list-files.ts";

const root = resolve(import.meta.dirname, "../..");
/** Sources that people write. The emulator is Proxmox, whose words it speaks itself. */
const sources = listFiles(join(root, "packages"), (file) => {
  const isEmulator = file.startsWith("emulator/");
  return (
    /^[^/]+\/src\/.*\.ts$/.test(file) && !/\/generated\/|\/fixtures\/|\.test\.ts$/.test(file) && !isEmulator
  );
});

/** The files that name a field. */
function filesThatName(field: string): string[] {
  return filesThatSay(new RegExp(`\\b${field}\\b`));
}

function filesThatSay(words: RegExp): string[] {
  return sources.filter((file) => words.test(readFileSync(join(root, "packages", file), "utf8")));
}

const HARDWARE = "provider/src/resources/overlay-pool/plan/hardware-parameters.ts";

test("a field is written where it is declared and where it gets its meaning, and nowhere else by hand", () => {
  expect(filesThatName("vga")).toEqual(["core/src/kinds/machine.ts", HARDWARE]);
});

test("a field of several meanings is written once for each of them", () => {
  expect(filesThatName("overcommit")).toEqual([
    "components/src/seats/generation-args.ts",
    "core/src/errors/error-codes/class-errors.ts",
    "core/src/kinds/base-generation.ts",
    "core/src/kinds/seat-fields.ts",
    "provider/src/resources/base-generation/assert-room.ts",
    "provider/src/resources/base-generation/base-generation.ts",
    "provider/src/resources/overlay-pool/preconditions/assert-storage.ts",
  ]);
});

test("how many processors a machine has is reckoned in one place", () => {
  expect(filesThatSay(/"sockets"/)).toEqual(["core/src/demand/machine-size.ts"]);
});
