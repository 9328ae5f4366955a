import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolEnvironment } from "@coppice/toolchain";

const example = fileURLToPath(new URL("../../../examples/class-yaml", import.meta.url));

/** Why no YAML program can be run; undefined when the language host is there. Tests do not build it: that takes minutes. */
export async function yamlHostIsMissing(): Promise<string | undefined> {
  const { env } = await toolEnvironment({ cwd: example });
  const folders = (env["PATH"] ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, "pulumi-language-yaml")))) return undefined;
  return "there is no YAML language host; type `coppice pulumi version` in examples/class-yaml, which makes one";
}
