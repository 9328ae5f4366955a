import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import { CoppiceError } from "@coppice/core";

/**
 * Packs packages into a folder, as npm would publish them; answers each one's file. As long as there is no release, a
 * project carries the packages that it stands on: it installs wherever it is copied, and nothing is fetched by a name.
 */
export async function packPackages(
  packages: ReadonlyMap<string, string>,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  await mkdir(folder, { recursive: true });
  const args = ["pack", ...packages.values(), "--pack-destination", folder, "--json", "--ignore-scripts"];
  try {
    const { stdout } = await promisify(execFile)("npm", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    return filesIn(JSON.parse(stdout));
  } catch (cause) {
    throw new CoppiceError("template.packages", {
      what: "The packages of the new project could not be packed",
      why: whyOf(cause),
      cause,
    });
  }
}

interface Packed {
  readonly name: string;
  readonly filename: string;
}

/** npm's own report (`npm pack --json`): a list, from version 12 on an object by name. */
function filesIn(report: unknown): ReadonlyMap<string, string> {
  const packed = Object.values(report as Readonly<Record<string, Packed>>); // as: see above, a list too has values
  return new Map(packed.map(({ name, filename }) => [name, filename]));
}

function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if ("code" in cause && cause.code === "ENOENT") return "there is no npm on PATH";
  const said = "stderr" in cause ? String(cause.stderr).trim() : "";
  return said.split("\n").find((line) => line.includes("error")) ?? cause.message;
}
