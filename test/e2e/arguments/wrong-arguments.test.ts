import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { labClassKind, overlayVmPoolKind } from "@coppice/core";
import { type CommandResult, PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fieldsInside } from "../../../packages/core/src/fixtures/described.ts";
import { refusalsOf } from "./refusals.ts";
import { javaScriptProgram, typeScriptProgram, wrongArguments } from "./wrong-programs.ts";

const programs = {
  TypeScript: async () => await PulumiProject.create({ program: typeScriptProgram }),
  JavaScript: async () => {
    const project = await PulumiProject.create({ program: "" });
    await rm(join(project.path, "index.ts"));
    await writeFile(join(project.path, "index.js"), javaScriptProgram);
    await writeFile(join(project.path, "package.json"), '{ "name": "program", "main": "index.js" }\n');
    return project;
  },
};

const runs = (["TypeScript", "JavaScript"] as const).flatMap((language) =>
  (["plugin", "dynamic"] as const).map((door) => ({ language, door })),
);

describe.each(runs)("a $language program with all mistakes, through the $door door", ({ language, door }) => {
  let project: PulumiProject;
  let preview: CommandResult;
  beforeAll(async () => {
    project = await programs[language]();
    await project.configure("coppice:door", door);
    preview = await project.run("preview");
  });
  afterAll(() => project.remove());

  test("ends before anything of it is planned", () => {
    expect(preview.code).not.toBe(0);
    const planned = preview.events.flatMap((event) => (event.kind === "step" ? event.type : []));
    expect(planned.filter((type) => /coppice/i.test(type))).toEqual([]);
  });

  test("is told every one of them, with field, value, limit and way out", () => {
    const expected = [...wrongArguments].map(([name, { says }]) => [name, says]);
    expect(refusalsOf(preview)).toEqual(Object.fromEntries(expected));
  });

  test("is told in words, not in what a machine has at hand, and no secret", () => {
    expect(preview.stdout + preview.stderr).not.toMatch(
      /map\[|TypeError|\[object|undefined|NaN|^\s+at .*:\d+:\d+|4711/m,
    );
  });
});

describe("the table of wrong arguments", () => {
  test("has each field of every component at least once", () => {
    const kinds = [labClassKind, overlayVmPoolKind];
    const fields = new Set(kinds.flatMap((kind) => fieldsInside(kind.fields).map(([path]) => path)));
    const tried = new Set([...wrongArguments.values()].map(({ field }) => field));
    expect([...fields].filter((field) => !tried.has(field))).toEqual([]);
  });

  test("names in its first sentence the field that was meant", () => {
    const unnamed = [...wrongArguments.values()].filter(
      ({ field, says }) =>
        !(says.join("\n").includes(field) || says[0]?.includes(`'${field.split(".").at(-1)}'`)),
    );
    expect(unnamed).toEqual([]);
  });
});
