import type { KindName } from "@coppice/core";
import { type RecordedDocument, readStack } from "@coppice/engine";
import { documentText } from "@coppice/spec";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { chosenDocuments } from "./chosen-documents.ts";
import { printLines } from "./print.ts";

/** Prints what a stack declares and has of documents; asks no cluster. */
export async function showDocument(
  word: string,
  { json = false, cluster }: { readonly json?: boolean; readonly cluster?: string },
): Promise<number> {
  const options = await openEngineOptions(process.env);
  const { named } = await chosenDocuments(options, [word], cluster);
  const found = await Promise.all(
    named.map(async (each) => {
      const { documents, declared } = await readStack(options, each);
      const isIt = ({ kind, name }: { kind: string; name: string }) =>
        kind === each.kind && name === each.name;
      return { ...each, recorded: shown(documents.find(isIt)), declared: declared.find(isIt)?.inputs };
    }),
  );
  if (json) process.stdout.write(jsonText("show", { documents: found }));
  else {
    for (const { kind, name, cluster, recorded, declared } of found) {
      printLines([
        `${kind} ${name} on ${cluster}${recorded === undefined ? ": nothing has been made of it" : ""}`,
      ]);
      // as: what a stack declares was read from a document of this kind.
      const of = kind as KindName;
      if (declared !== undefined)
        printLines(["", documentText({ kind: of, name, inputs: declared }).trimEnd()]);
      if (recorded !== undefined) printLines(seatLines(recorded));
    }
  }
  return 0;
}

/** What its resources keep for themselves, secrets that are encrypted among it, is nobody's to read. */
function shown(recorded: RecordedDocument | undefined): Omit<RecordedDocument, "parts"> | undefined {
  if (recorded === undefined) return undefined;
  const { parts: _parts, ...others } = recorded;
  return others;
}

function seatLines({ seats }: Pick<RecordedDocument, "seats">): string[] {
  const rows = Object.entries(seats).map(([seat, { vmid, node, unfinished }]) => [
    seat,
    String(vmid),
    node,
    unfinished ?? "",
  ]);
  return rows.length === 0 ? [] : ["", ...table(["SEAT", "VMID", "NODE", ""], rows)];
}
