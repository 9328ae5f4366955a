import { type Mistake, mistakeSentence, withCode } from "@coppice/core";
import { type Checked, checkDocument } from "./check/check-document.ts";
import { envelopeType } from "./check/document-form.ts";
import { findNamesakes } from "./check/find-namesakes.ts";
import { isDeclared } from "./check/is-declared.ts";
import { clusterOf, knownDocuments } from "./check/known-documents.ts";
import { withFolder } from "./check/with-folder.ts";
import type { DocumentMistake, Documents, Source, SpecDocument, Surroundings } from "./document/documents.ts";
import { documentLimits } from "./document/limits.ts";
import { parseSource } from "./parse/parse-source.ts";
import type { RawDocument } from "./parse/raw-document.ts";

/**
 * Reads documents and finds everything that is wrong with them, each mistake with its place. Never throws for what
 * stands in them, and reads no file.
 *
 * @example
 * const { documents, mistakes } = readDocuments([{ file: "class.yaml", text }]);
 * if (mistakes.length > 0) console.error(documentMistakesText(mistakes));
 */
export function readDocuments(sources: readonly Source[], surroundings: Surroundings = {}): Documents {
  const parsed = sources.map(parseSource);
  const all = parsed.flatMap(({ documents }) => documents);
  const raws = all.slice(0, documentLimits.documents);
  const known = knownDocuments(raws, surroundings);
  const namesakes = findNamesakes(raws, surroundings.shown);
  const documents: SpecDocument[] = [];
  const mistakes = [...parsed.flatMap((each) => each.mistakes), ...tooMany(all[documentLimits.documents])];
  for (const raw of raws) {
    const checked = checkDocument(raw.value, known);
    const found = [...checked.mistakes, ...(namesakes.get(raw) ?? [])];
    const room = Math.max(0, documentLimits.mistakes - mistakes.length);
    mistakes.push(...found.slice(0, room).map((mistake) => placed(raw, checked, mistake)));
    if (found.length > room) {
      mistakes.push(andMore(raw));
      break;
    }
    if (found.length === 0 && !raw.isAmbiguous) documents.push(...documentOf(raw, checked));
  }
  return { documents, mistakes: inOrder(sources, mistakes) };
}

function andMore({ file, start }: RawDocument): DocumentMistake {
  const message = `More than ${documentLimits.mistakes} mistakes are found; correct these first`;
  return { file, ...start, path: [], message };
}

function tooMany(first: RawDocument | undefined): DocumentMistake[] {
  if (first === undefined) return [];
  const message = `More than ${documentLimits.documents} documents are given; give fewer at a time`;
  return [{ file: first.file, ...first.start, path: [], message }];
}

function placed(raw: RawDocument, { form }: Checked, mistake: Mistake): DocumentMistake {
  const { path } = mistake;
  const isValue = isDeclared({ kind: "record", type: form?.type ?? envelopeType }, path);
  const place = path.length === 0 ? raw.start : raw.placeOf(path, isValue ? "value" : "key");
  return { file: raw.file, ...place, path, message: messageOf(mistake) };
}

/** One that has a code of its own is told with it. */
function messageOf(mistake: Mistake): string {
  const sentence = mistakeSentence(mistake);
  return mistake.code === undefined ? sentence : withCode(sentence, mistake.code);
}

function documentOf({ file, start }: RawDocument, { form, said }: Checked): SpecDocument[] {
  if (form === undefined || said === undefined) return [];
  const { kind: _kind, version: _version, name, ...inputs } = withFolder(form, said, file);
  const kind = form.kind.name;
  const own = { kind, name: String(name), file, line: start.line };
  return [{ ...own, cluster: kind === "Cluster" ? own.name : clusterOf(inputs), inputs }];
}

/** As somebody reads the files: in the order in which they were given, each from its first line to its last. */
function inOrder(sources: readonly Source[], mistakes: readonly DocumentMistake[]): DocumentMistake[] {
  const order = new Map(sources.map(({ file }, index) => [file, index]));
  const rank = ({ file }: DocumentMistake) => order.get(file) ?? 0;
  return mistakes.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}
