import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Runs a program with the function under test, in a process that an error may end. */
async function output(program: string): Promise<string> {
  const module = JSON.stringify(new URL("program-scope.ts", import.meta.url).href);
  const source = `
    import { inProgramScope } from ${module};
    const stray = async (text) => { await null; throw new Error(text); };
    const told = (program) => inProgramScope(program).then(() => console.log("done"), (e) => console.log(e.message));
    ${program}`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", source]);
  return stdout;
}

test.each([
  ["a promise that nobody waits for", `void stray("lost")`],
  ["a turn of its own", `setImmediate(() => { throw new Error("lost"); })`],
])("a program that failed in %s does not come past a checkpoint", async (_, failing) => {
  const program = `await told(async (checkpoint) => { ${failing}; await checkpoint(); console.log("went on"); });
    await new Promise((resolve) => setTimeout(resolve, 20));`;
  expect(await output(program)).toBe("lost\n");
});

test("an error after a program's end is no news, and the next program is not its own", async () => {
  const program = `await told(async () => void setImmediate(() => void stray("late")));
    await told(async (checkpoint) => { await checkpoint(); await checkpoint(); });`;
  expect(await output(program)).toBe("done\ndone\n");
});

test("an error of no program ends the process", async () => {
  const ended = output(`await told(async () => {}); void stray("of nobody"); setTimeout(() => {}, 1000);`);
  await expect(ended).rejects.toMatchObject({ code: expect.any(Number), stdout: "done\n" });
});
