import { quoteShell } from "./quote-shell.ts";

/** Something to run on a node. Its text and its data reach the node on standard input only. */
export type Script = ShellScript | PerlProgram;

/** A constant text for `sh` under `set -e`. */
export interface ShellScript {
  readonly script: string;
  /** The data, as `$1`, `$2` … of the text. */
  readonly args?: readonly string[];
}

/**
 * A program for `perl -`, which reads what follows its `__END__` as data. The connection may break while it is sent, so
 * it must do nothing before it has seen the end of its data.
 */
export interface PerlProgram {
  readonly perl: string;
}

/**
 * The command that runs a script: a constant but for the mark and the time limit. Around what the script writes it puts
 * two lines that begin with the mark, which is made up for each run: a `.bashrc` that writes something (sshd has bash
 * read it before every command) cannot pass for a result, nor half an output for a whole one. The first line names the
 * process group: `timeout`, the parent of this shell, made itself the leader of all that runs below.
 */
export function commandFor(script: Script, mark: string, seconds: number): string {
  const interpreter = "perl" in script ? "perl -" : "sh -s";
  const begin = `printf "\\n${mark}\\tbegin\\t%s\\n" "$PPID"`;
  const end = `code=$?; printf "\\n${mark}\\tend\\t%s\\n" "$code"; exit "$code"`;
  return `exec timeout -k 5 ${seconds} sh -c '${begin}; ${interpreter}; ${end}'`;
}

/**
 * What the command gets on its standard input. A shell text is one compound command: the shell reads all of it before
 * it does anything, so a connection that breaks meanwhile runs nothing, and what runs inside cannot eat the rest.
 */
export function inputOf(script: Script): string {
  if ("perl" in script) return script.perl;
  const args = (script.args ?? []).map(quoteShell).join(" ");
  return `{\ncoppice_script() {\n${script.script}\n}\nset -e\ncoppice_script ${args}\nexit 0\n} </dev/null\n`;
}
