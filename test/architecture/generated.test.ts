import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedFiles } from "../../generate/generated-files.ts";

test.each([...generatedFiles()])("%s says what is described; `npm run generate` renews it", (file, text) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")).toBe(text);
});
