import {
  componentKinds,
  findKindMistakes,
  findMistakes,
  mistakeSentence,
  overlayPoolKind,
  type Properties,
  readOverlayPoolState,
} from "@coppice/core";
import { describe, expect, test } from "vitest";
import { type Recording, readRecordings, recordedVersions } from "./recording.ts";

/** The recorded states of a stack's classes, teachers' pools first, without values that are encrypted. */
function recordedPools({ state }: Recording): Properties[] {
  // as: what `pulumi stack export` prints.
  const { deployment } = JSON.parse(state) as {
    deployment: { resources: { type: string; outputs: Properties }[] };
  };
  const pools = deployment.resources.filter(({ type }) => /\bcoppice:(index:)?OverlayPool$/.test(type));
  return pools.map(({ outputs: { cloudInit: _secret, ...outputs } }) => outputs);
}

function inputMistakes(pool: object): string[] {
  const inputs = Object.entries(pool).filter(([name]) => Object.hasOwn(overlayPoolKind.fields, name));
  return findMistakes(overlayPoolKind, Object.fromEntries(inputs)).map(mistakeSentence);
}

/** What a program says of a publication, as its pool is told of it. */
function renewed(said: unknown): object | undefined {
  if (typeof said !== "object" || said === null) return undefined;
  const given = Object.entries(said).filter(([name]) => name !== "generation" && name !== "from");
  return { policy: "reset", running: "defer", undoFor: "7d", ...Object.fromEntries(given) };
}

describe.each(recordedVersions())("what version %s wrote", (version) => {
  test.each(readRecordings(version))("$name was described without a mistake", ({ declared }) => {
    const kind = componentKinds.find(({ name }) => name === declared.component);
    const mistakes = kind && findKindMistakes(kind, { name: declared.name, inputs: declared.args });
    expect(mistakes?.map(mistakeSentence)).toEqual([]);
  });

  test.each(readRecordings(version))("$name reads as its program would describe it today", (recording) => {
    const { hardware, dataDisk, publish, renewal } = recording.declared.args;
    const read = recordedPools(recording).map(readOverlayPoolState);
    expect(read.map(inputMistakes)).toEqual(read.map(() => []));
    expect(read.map((pool) => pool.hardware)).toEqual(read.map(() => hardware));
    expect(read.at(-1)?.dataDisk).toEqual(dataDisk);
    expect(read.at(-1)?.publish).toEqual(renewed(publish ?? renewal));
  });
});
