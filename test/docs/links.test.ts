import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { headingAnchors } from "./heading-anchors.ts";
import { markdownPages, type Page, proseOf, root } from "./markdown.ts";

const pages = markdownPages();

describe("links between pages", () => {
  test("there are pages", () => {
    expect(pages.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["README.md", "docs/architecture.md"]),
    );
  });

  test.each(pages)("of $path lead to files and headings that exist", (page) => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });
});

/** Targets of links and pictures inside the repository. */
function linksOf(page: Page): string[] {
  const targets = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: Page, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const path = file === "" ? join(root, page.path) : join(root, dirname(page.path), file);
  if (!existsSync(path)) return false;
  return heading === undefined || headingAnchors(readFileSync(path, "utf8")).includes(heading);
}
