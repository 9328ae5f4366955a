import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const command = fileURLToPath(new URL("../../packages/cli/bin/coppice.js", import.meta.url));

const scriptFor = async (shell: string) =>
  (await run(process.execPath, [command, "completion", shell])).stdout;

/** What a shell would offer at the end of a line, as the script makes it do. */
const shells = {
  // As readline does it: the words of the line, then the function that `complete` names.
  bash: `eval "$1"; line=$2; COMP_WORDS=($line); [[ $line == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    [[ $(complete -p coppice) == "complete -o default -F _coppice coppice" ]] || exit 1
    _coppice; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // As zsh's own bashcompinit does it; compadd would give those that begin so to the line editor.
  zsh: `eval "$1"; words=(\${(z)2}); [[ $2 == *" " ]] && words+=(""); CURRENT=$#words
    compadd() { local all=("\${@[\${@[(i)-]} + 1,-1]}"); print -rl -- \${(M)all:#\${words[CURRENT]}*} }
    _default() { true }
    _bash_complete -o default -F _coppice; true`,
  fish: `printf %s $argv[1] | source; complete -C $argv[2] | string replace -r '\\t.*' ''; true`,
} as const;

describe.each(["bash", "zsh", "fish"] as const)("%s completes", (shell) => {
  const isHere = spawnSync(shell, ["-c", "true"]).status === 0;
  const offered = async (line: string): Promise<string[]> => {
    const script = (await scriptFor(shell)).trimEnd();
    const flags = { bash: ["--norc"], zsh: ["-f"], fish: ["--no-config"] }[shell];
    const words = shell === "fish" ? [script, line] : [shell, script, line];
    const { stdout } = await run(shell, [...flags, "-c", shells[shell], ...words]);
    return stdout.split("\n").filter((word) => word !== "");
  };

  test("commands, options and their values, each in its place", async ({ skip }) => {
    skip(!isHere, `this machine has no ${shell}`);
    expect(await offered("coppice ")).toEqual(
      expect.arrayContaining(["cluster", "doctor", "emulator", "new"]),
    );
    expect(await offered("coppice emu")).toEqual(["emulator"]);
    expect(await offered("coppice cluster ")).toEqual(expect.arrayContaining(["check"]));
    expect(await offered("coppice cluster check --st")).toEqual(
      expect.arrayContaining(["--stack", "--storage"]),
    );
    expect(await offered("coppice cluster check --storage nas --js")).toEqual(["--json"]);
    expect(await offered("coppice emulator --pve ")).toEqual(["8.4", "9.2"]);
    expect(await offered("coppice completion z")).toEqual(["zsh"]);
    expect(await offered("coppice doctor --pv")).toEqual([]);
  });
});
