import type { Emulator } from "@coppice/emulator";

/** pvestatd in a replay: it tells when a recorded answer shows that it had, and not by itself. */
export class StatusRounds {
  readonly #control: Emulator["control"];
  #fault: number;

  constructor(control: Emulator["control"]) {
    this.#control = control;
    this.#fault = control.faults.add({ effect: { kind: "stale-metrics" } });
  }

  /** One round of every node. */
  async once(): Promise<void> {
    this.#control.faults.remove(this.#fault);
    await this.#control.tellStatus();
    this.#fault = this.#control.faults.add({ effect: { kind: "stale-metrics" } });
  }
}
