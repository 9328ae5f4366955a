import { ensureQuorum, type GuestPlace } from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";

/** Membership takes 6 to 7 s to follow a link that went down (docs/proxmox-facts.md#membership-changes-late). */
const FRESH_MS = 2_000;

/** Quorum, asked for again when the last answer is a little old, and once by all who ask at the same time. */
export class QuorumProof {
  readonly #run: Pick<ClassRun, "cluster" | "context">;
  #asked: { readonly at: number; readonly answer: Promise<void> } | undefined;

  constructor(run: Pick<ClassRun, "cluster" | "context">) {
    this.#run = run;
  }

  /**
   * Refuses to go on without quorum. A token that may not ask for it proves it by a write to this machine, which is
   * about to go.
   */
  async assert(place: GuestPlace): Promise<void> {
    const { cluster, context } = this.#run;
    const now = context.clock.now();
    if (this.#asked === undefined || now - this.#asked.at >= FRESH_MS)
      this.#asked = { at: now, answer: ensureQuorum(cluster.client, place) };
    const { answer } = this.#asked;
    try {
      await answer;
    } catch (error) {
      if (this.#asked?.answer === answer) this.#asked = undefined;
      throw error;
    }
  }
}
