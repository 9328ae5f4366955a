import { chmod, cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** This checkout. */
export const repository = fileURLToPath(new URL("../../../../", import.meta.url));

const projectFile = `name: program
runtime:
  name: nodejs
  options:
    typescript: false
plugins:
  providers:
    - name: coppice
      path: ./plugin
`;

/** A project of nothing but a program; its plugin is a module that the given Node runs. */
export async function writeProgram(
  folder: string,
  { program, module, node }: { readonly program: string; readonly module: string; readonly node: string },
): Promise<void> {
  const plugin = join(folder, "plugin", "pulumi-resource-coppice");
  await mkdir(join(folder, "plugin"));
  await writeFile(plugin, `#!/bin/sh\nexec '${node}' '${module}' "$@"\n`);
  await chmod(plugin, 0o755);
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  await writeFile(
    join(folder, "package.json"),
    '{ "name": "program", "type": "module", "main": "index.ts" }\n',
  );
  await writeFile(join(folder, "index.ts"), program);
  await writeFile(join(folder, "Pulumi.yaml"), projectFile);
}

/** The folder of an example, a stack (`stacks/tenant`) or the quick start (`.`) below a checkout or a copy of it. */
export function exampleFolder(root: string, example: string): string {
  return example === "." || example.startsWith("stacks/")
    ? join(root, example)
    : join(root, "examples", example);
}

/** Examples and stacks as they stand, beside this checkout's packages. Answers the folder of the one that is named. */
export async function copyExample(folder: string, example: string): Promise<string> {
  for (const part of ["examples", "stacks"])
    await cp(join(repository, part), join(folder, part), { recursive: true });
  await cp(join(repository, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  return exampleFolder(folder, example);
}
