import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Runs a program with the function under test, in a process that an error may end. */
async function output(program: string): Promise<string> {
  const module = JSON.stringify(new URL("construct-scope.ts", import.meta.url).href);
  const source = `
    import { inConstructScope } from ${module};
    const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
    const stray = async (text) => { await nextTurn(); throw new Error(text); };
    ${program}`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", source]);
  return stdout;
}

const never = "new Promise((resolve) => setTimeout(resolve, 60_000).unref())";

test("an error that nobody waits for ends the component that it belongs to, and no other", async () => {
  const printed = await output(`
    const [one, other] = await Promise.allSettled([
      inConstructScope(async () => { void stray("of the first"); await ${never}; }),
      inConstructScope(async () => { await nextTurn(); await nextTurn(); return "made"; }),
    ]);
    console.log(one.reason.message, "/", other.value);
    process.exit();`);
  expect(printed).toBe("of the first / made\n");
});

test("a later error of a component that has ended already is nothing new", async () => {
  const printed = await output(`
    const made = await inConstructScope(async () => { void stray("late"); return "made"; });
    await nextTurn(); await nextTurn();
    console.log(made);`);
  expect(printed).toBe("made\n");
});

test("an error that belongs to no component still ends the process", async () => {
  const ended = output(`
    await inConstructScope(() => Promise.resolve());
    void stray("of nobody");
    await ${never};
    console.log("went on");`);
  await expect(ended).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("of nobody"),
  });
});
