import type { BaseGenerationState, OverlayPoolInputs, OverlayPoolState, Renewal } from "@coppice/core";
import { expect } from "vitest";
import { baseOf, type ClassLab, poolInputs } from "./class-lab.ts";
import { type DiskPlace, DiskView, source, startLinkedLab, withoutShell } from "./linked-lab.ts";

/** The seats of the class. */
export const roster: readonly string[] = ["teacher", "ada", "grace", "hedy"];

/** A class on a cluster without SSH, its first generation and the one that its teacher made. */
export class LinkedLife {
  readonly lab: ClassLab;
  readonly view: DiskView;
  readonly inputs: OverlayPoolInputs;
  readonly state: OverlayPoolState;
  readonly first: BaseGenerationState;
  readonly second: BaseGenerationState;

  private constructor(view: DiskView, made: Pick<LinkedLife, "inputs" | "state" | "first" | "second">) {
    this.lab = view.lab;
    this.view = view;
    this.inputs = made.inputs;
    this.state = made.state;
    this.first = made.first;
    this.second = made.second;
  }

  /** Makes the class and both generations, once; {@link LinkedLife.restore} goes back to here. */
  static async begin(place: DiskPlace, pve: "8.4" | "9.2"): Promise<LinkedLife> {
    const lab = await startLinkedLab(place, pve);
    const view = new DiskView(lab, place);
    const generation = { storage: place.storage, nodes: place.nodes };
    const first = await lab.generation({ ...generation, source });
    const wanted = { roster, nodes: place.nodes, dataDisk: { size: "1GiB" }, method: "auto" } as const;
    const inputs = poolInputs(first, wanted);
    const { state } = await lab.bring(inputs);
    await view.write(state, "teacher", 7);
    const teacher = state.seats["teacher"]?.vmid;
    const second = await lab.generation({ ...generation, number: 2, source: teacher });
    await view.write(state, "ada", 9);
    await lab.cluster.control.save("made");
    return new LinkedLife(view, { inputs, state, first, second });
  }

  /** Goes back to the beginning, with a new provider. */
  async restore(): Promise<void> {
    await this.lab.cluster.restore("made");
    await withoutShell(this.lab);
  }

  /** The class on its second generation: the teacher keeps the disk, hedy waits, the others are reset. */
  publish(more: Partial<Renewal> = {}): OverlayPoolInputs {
    const policies = { policy: "reset", policyOf: { teacher: "keep", hedy: "defer" } } as const;
    const publish: Renewal = { ...policies, running: "stop", undoFor: "1h", ...more };
    return { ...this.inputs, base: baseOf(this.second), publish };
  }

  /** Nothing is to be done, neither by the state nor by what Proxmox shows, and nothing lies about. */
  async expectSettled(wanted: OverlayPoolInputs, state: OverlayPoolState): Promise<void> {
    const { lab } = this;
    expect(lab.diff(wanted, state).changes).toEqual([]);
    expect(lab.diff(wanted, await lab.read(state)).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  }

  /** That there are the seats and the generations, nothing beside them, and somebody's guest where one is named. */
  async expectGuests({ seats }: OverlayPoolState, ...others: readonly number[]): Promise<void> {
    const owned = [this.first, this.second].filter(({ owned: isOurs }) => isOurs);
    const places = [...Object.values(seats), ...owned.flatMap(({ copies }) => Object.values(copies))];
    const wanted = [...places.map(({ vmid }) => vmid), ...others];
    expect((await this.view.guests()).sort(ascending)).toEqual(wanted.sort(ascending));
  }

  /** The disks of a seat that it does not use. */
  async unused(state: OverlayPoolState, seat: string): Promise<string[]> {
    const config = await this.view.config(state, seat);
    return Object.keys(config).filter((key) => key.startsWith("unused"));
  }

  /** That a seat has the disk of a generation, byte for byte. */
  async expectBase(state: OverlayPoolState, seat: string, base: BaseGenerationState): Promise<void> {
    for (const slot of ["scsi0", "efidisk0"])
      expect(await this.view.compare(state, seat, base, slot)).toBe("Images are identical.");
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
