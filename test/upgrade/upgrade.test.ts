import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import type { StepEvent } from "@coppice/engine";
import type { CommandResult } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassStack } from "../e2e/class/class-stack.ts";
import { clusterFiles, restoreCluster } from "./cluster-archive.ts";
import { clusterFile, type Recording, readRecordings, recordedVersions, recordings } from "./recording.ts";
import { reopenStack } from "./reopen-stack.ts";

/**
 * Components whose row may show an update: their recorded inputs were `{}`, and the engine compares them with what
 * they hand it now. That changes what is recorded and nothing else.
 */
const DESCRIBE_THEMSELVES = ["coppice:index:LabClass", "coppice:index:OverlayVmPool"];

describe.each(recordedVersions())("what version %s wrote", { timeout: 240_000 }, (version) => {
  let data: string;
  let emulator: Emulator;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "coppice-upgrade-"));
    restoreCluster(join(recordings, version, clusterFile), data);
    emulator = await startEmulator({ data, timeScale: 5 });
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(data, { recursive: true });
  });

  test("stands on a cluster that is whole", async () => {
    expect(await emulator.control.check()).toEqual([]);
  });

  test.each(readRecordings(version))(
    "$name has nothing to do, or only what was unfinished",
    async (recording) => {
      const stack = await reopenStack(emulator, recording);
      try {
        const before = clusterFiles(data);
        const wanted = unfinishedOf(recording);
        expect(stepsOf(await succeeded(stack, "preview"))).toEqual(wanted);
        await succeeded(stack, "refresh", "--yes", "--skip-preview");
        expect(stepsOf(await succeeded(stack, "up", "--yes", "--skip-preview"))).toEqual(wanted);
        const machines = await machinesOf(stack, recording.unfinished);
        expect(changedFiles(before, clusterFiles(data)).filter((file) => !belongs(file, machines))).toEqual(
          [],
        );
        if (wanted.length > 0) await succeeded(stack, "preview", "--expect-no-changes");
      } finally {
        await stack.remove();
      }
    },
  );
});

/** The steps that a recording leaves: its pool's, with a difference for each seat. */
function unfinishedOf({ declared, unfinished }: Recording): unknown[] {
  if (unfinished.length === 0) return [];
  const differences = unfinished.map((seat) => `machines["${seat}"]`);
  return [{ op: "update", resource: `OverlayPool::${declared.name}`, differences }];
}

/** What a run would do or did to other resources than components. */
function stepsOf({ events }: CommandResult): unknown[] {
  const steps = events.filter((event) => event.kind === "step").filter(({ phase }) => phase === "begun");
  return steps
    .filter((step) => !isNothing(step))
    .map(({ op, urn, detailedDiff }) => ({
      op,
      resource: urn.replace(/^.*[:/](\w+::)/, "$1"),
      // With what is done to a seat that is there.
      differences: Object.keys(detailedDiff ?? {}).map((path) => path.replace(/\.finish$/, "")),
    }));
}

function isNothing({ op, type }: StepEvent): boolean {
  return op === "same" || (op === "update" && DESCRIBE_THEMSELVES.includes(type));
}

async function succeeded(stack: ClassStack, ...args: readonly string[]): Promise<CommandResult> {
  const result = await stack.run(...args);
  expect(result.code, `${args.join(" ")}\n${result.stdout}\n${result.stderr}`).toBe(0);
  return result;
}

async function machinesOf(stack: ClassStack, seats: readonly string[]): Promise<number[]> {
  const places = await stack.output<Record<string, { readonly vmid: number }>>("seats");
  return seats.map((seat) => places[seat]?.vmid ?? 0);
}

function changedFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path));
}

function belongs(file: string, machines: readonly number[]): boolean {
  return machines.some((vmid) => file.includes(`/${vmid}`));
}
