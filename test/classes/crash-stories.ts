import type { Unfinished } from "@coppice/clusters";
import type { BaseGenerationState, ClassMethod, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { baseOf, type CallOptions, type ClassLab, poolInputs } from "./class-lab.ts";
import { home } from "./crash-faults.ts";

/** One operation on a class, and the emulator's kept state that it starts from. */
export interface CrashStory {
  readonly name: string;
  readonly from: string;
  /** What was recorded before; a repetition after the process died starts from it again. */
  readonly recorded: OverlayPoolState | undefined;
  readonly inputs: OverlayPoolInputs;
  readonly isDestroy?: true;
}

/** A guest of somebody else inside the range, and a disk of it. */
export const foreign = 20_001;

const local = { storage: "local", nodes: [home] };
const publish = { policy: "reset", running: "stop", undoFor: "1h" } as const;

/** Makes somebody else's machine in the range, on the node that the class uses. */
async function makeForeign({ cluster }: ClassLab): Promise<void> {
  await cluster.shell(
    home,
    `mkdir -p /var/lib/vz/images/${foreign} && cd /var/lib/vz/images/${foreign} && ` +
      `qemu-img create -q -f qcow2 vm-${foreign}-disk-0.qcow2 1G && ` +
      `printf 'name: theirs\\nmemory: 512\\nscsi0: local:${foreign}/vm-${foreign}-disk-0.qcow2,size=1G\\n' ` +
      `> /etc/pve/nodes/${home}/qemu-server/${foreign}.conf`,
  );
}

/** How the seats of a story are made. */
export type CrashMethod = Exclude<ClassMethod, "auto">;

/** Prepares a class of two by a method, in a Proxmox pool or none, and the operations that a crash may interrupt. */
export async function crashStories(lab: ClassLab, method: CrashMethod, pool?: string): Promise<CrashStory[]> {
  const { control } = lab.cluster;
  await makeForeign(lab);
  const inPool = pool === undefined ? {} : { pool };
  const first = await lab.generation({ ...local, ...inPool });
  await control.save("fresh");
  const inputs = poolInputs(first, {
    roster: ["ada", "grace"],
    method,
    nodes: [home],
    ...inPool,
  });
  const { state } = await lab.bring(inputs);
  const second = await lab.generation({ ...local, ...inPool, number: 2, source: state.seats["ada"]?.vmid });
  await control.save("made");
  const published = await bringPublished(lab, inputs, second, state);
  return [
    { name: "create", from: "fresh", recorded: undefined, inputs },
    { name: "publish", from: "made", recorded: state, inputs: published.inputs },
    {
      name: "reset",
      from: "published",
      recorded: published.state,
      inputs: { ...published.inputs, reset: { ada: "a" } },
    },
    {
      name: "undo",
      from: "published",
      recorded: published.state,
      inputs: { ...published.inputs, undo: { ada: "a" } },
    },
    {
      name: "resize",
      from: "made",
      recorded: state,
      inputs: { ...inputs, roster: ["grace", "joan"], hardware: { cores: 2 } },
    },
    {
      name: "destroy",
      from: "published",
      recorded: published.state,
      inputs: published.inputs,
      isDestroy: true,
    },
  ];
}

async function bringPublished(
  lab: ClassLab,
  inputs: OverlayPoolInputs,
  base: BaseGenerationState,
  state: OverlayPoolState,
): Promise<{ inputs: OverlayPoolInputs; state: OverlayPoolState }> {
  const wanted = { ...inputs, base: baseOf(base), publish };
  const called = await lab.bring(wanted, state);
  await lab.cluster.control.save("published");
  return { inputs: wanted, state: called.state };
}

/** What a story came to; a destroyed class has no state. */
export interface StoryEnd {
  readonly state: OverlayPoolState | undefined;
  readonly unfinished: readonly Unfinished[];
}

/** Carries a story out once. */
export async function tell(
  lab: ClassLab,
  story: CrashStory,
  recorded: OverlayPoolState | undefined,
  options: CallOptions = {},
): Promise<StoryEnd> {
  if (story.isDestroy) {
    if (recorded !== undefined) await lab.destroy(recorded, options);
    return { state: undefined, unfinished: [] };
  }
  const { state, unfinished = [] } = await lab.bring(story.inputs, recorded, options);
  return { state, unfinished };
}
