import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { referencePages } from "../../docs/reference-pages.ts";

test.each([...referencePages()])(
  "docs/reference/%s says what the code says; `npm run docs` renews it",
  (name, text) => {
    expect(readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), "utf8")).toBe(text);
  },
);
