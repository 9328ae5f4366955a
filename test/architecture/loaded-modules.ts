import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Hooks see every module that Node loads from a file, imported or required, directly or through others. */
const program = `
import { registerHooks } from "node:module";
const loaded = [];
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:")) loaded.push(url);
    return next(url, context);
  },
});
await import(process.argv[1]);
process.stdout.write(JSON.stringify(loaded), () => process.exit());
`;

/** The files that importing `specifier` from `folder` loads, in a Node process of its own. */
export async function loadedModules(specifier: string, folder: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program, specifier], {
    cwd: folder,
    timeout: 60_000,
    maxBuffer: 64 * 2 ** 20,
  });
  // Written by the program above: a list of texts.
  return JSON.parse(stdout) as string[]; // as: see above
}
