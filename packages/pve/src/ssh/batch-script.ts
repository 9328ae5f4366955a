import { quoteShell } from "./quote-shell.ts";

/** One item of a batch. */
export interface BatchItem {
  /** Names the item in results and errors. */
  readonly key: string;
  /** `$1`, `$2` … for the `each` part. */
  readonly args: readonly string[];
  /** Text for the item's standard input. */
  readonly stdin?: string;
}

/** A batch: constant shell texts, and data that reaches them as positional parameters only. */
export interface Batch {
  /** Runs first, in the main shell, with `args` as `$1` …; a failure ends the batch before any item. */
  readonly setup?: string;
  readonly args?: readonly string[];
  /** Runs once per item in a subshell under `set -e`; its last line of output is the item's detail. */
  readonly each: string;
  readonly items: readonly BatchItem[];
  /** Runs last, for example one `sync`. A failure fails the batch. */
  readonly finish?: string;
}

/**
 * Writes the text that `sh -s` gets on its standard input. It is one compound command, so the shell
 * reads all of it before it does anything (a connection cut in the middle runs nothing), and what
 * runs inside cannot eat the rest of the script.
 */
export function batchScript(batch: Batch, mark: string): string {
  return [
    "{",
    // $PPID is `timeout`, which made itself the leader of a process group that all below belong to.
    `coppice_mark=${quoteShell(mark)}`,
    `coppice_tell() { printf '\\n%s\\t%s\\t%s\\t%s\\n' "$coppice_mark" "$@"; }`,
    `coppice_tell group "$PPID" ''`,
    "coppice_setup() {",
    batch.setup ?? ":",
    "}",
    "coppice_each() {",
    batch.each,
    "}",
    "coppice_finish() {",
    batch.finish ?? ":",
    "}",
    itemFunction,
    "set -e",
    `coppice_setup ${quoted(batch.args ?? [])} >&2`,
    "coppice_tell started '' ''",
    "set +e",
    ...batch.items.map(itemLine),
    "set -e",
    "coppice_finish >&2",
    "coppice_tell finished '' ''",
    "exit 0",
    "} </dev/null",
    "",
  ].join("\n");
}

function itemLine({ args, stdin }: BatchItem, index: number): string {
  const line = `coppice_item ${index} ${quoted(args)}`;
  return stdin === undefined ? line : `printf '%s' ${quoteShell(stdin)} | ${line}`;
}

function quoted(args: readonly string[]): string {
  return args.map(quoteShell).join(" ");
}

/**
 * Not inside a condition: there `set -e` would be ignored. The last line of output is the detail. It is found by word
 * splitting: dash takes a second and a half for `${text##*newline}` of 40 KB.
 */
const itemFunction = `coppice_newline='
'
coppice_item() {
coppice_index=$1
shift
coppice_out=$(set -e; coppice_each "$@" 2>&1)
if [ $? -eq 0 ]; then coppice_kind=ok; else coppice_kind=fail; fi
coppice_words=$IFS
IFS=$coppice_newline
set -f
set -- $coppice_out
set +f
IFS=$coppice_words
[ $# -eq 0 ] || shift $(($# - 1))
coppice_tell "$coppice_kind" "$coppice_index" "\${1-}"
}`;
