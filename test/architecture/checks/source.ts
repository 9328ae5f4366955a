import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Check } from "../check.ts";
import { listFiles } from "../list-files.ts";
import { dataOnly } from "../rules/data-only.ts";
import { forbiddenComment } from "../rules/forbidden-comment.ts";
import { functionLength } from "../rules/function-length.ts";
import { missingDoc } from "../rules/missing-doc.ts";
import { ownMarks } from "../rules/own-marks.ts";
import { publishedNames } from "../rules/published-names.ts";
import { reasonlessAs } from "../rules/reasonless-as.ts";
import type { SourceRule } from "../rules/source-rule.ts";

const everywhere: readonly SourceRule[] = [
  dataOnly,
  forbiddenComment,
  functionLength,
  ownMarks,
  reasonlessAs,
];

/** What a reader of the code is owed and no linter asks for: see the files in `rules`. */
export const source: Check = {
  name: "source",
  async run(root) {
    const documented = missingDoc(publishedNames(root));
    const files = listFiles(root, (file) => /\.(ts|js|mjs|cjs)$/.test(file) && !file.endsWith(".d.ts"));
    return files.flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      return [...everywhere, documented].flatMap((rule) => rule(parsed));
    });
  },
};
