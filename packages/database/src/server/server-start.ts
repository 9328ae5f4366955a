import { existsSync } from "node:fs";
import { makeData } from "./make-data.ts";
import { noStart } from "./no-start.ts";
import { type PackagedPrograms, packagedPrograms } from "./packaged-programs.ts";
import { placePrograms } from "./place-programs.ts";
import { refuseOtherVersion } from "./refuse-other-version.ts";
import { clearServerFile, readServerFile, serverState } from "./server-file.ts";
import type { ServerPlace } from "./server-place.ts";
import { type StartingServer, startServer } from "./start-server.ts";

/**
 * What PostgreSQL says when it ends for a reason that passes: another one was first, or processes of a killed one have not
 * noticed yet.
 */
const PASSING = /lock file "[^"]*" (?:already exists|is empty)|pre-existing shared memory block/;

/** The way to a server that answers, a step at a time, as long as nothing listens. */
export class ServerStart {
  readonly #place: ServerPlace;
  readonly #signal: AbortSignal;
  readonly #packaged: PackagedPrograms;
  #server: StartingServer | undefined;

  constructor(place: ServerPlace, signal: AbortSignal) {
    this.#place = place;
    this.#signal = signal;
    this.#packaged = packagedPrograms();
  }

  /** Takes the next step, if there is one to take. */
  async further(): Promise<void> {
    await this.#look();
    if (this.#server || (await this.#isTaken())) return;
    const bin = await placePrograms(this.#packaged, this.#place.programs);
    if (!existsSync(this.#place.server)) await makeData(this.#place, bin, this.#signal);
    await refuseOtherVersion(this.#place.data, this.#packaged.version);
    this.#server = await startServer(this.#place, bin);
  }

  /** Ends what was started and answers nobody. */
  giveUp(): void {
    this.#server?.stop();
  }

  /** Whether what was started still runs; why not, where that does not pass. */
  async #look(): Promise<void> {
    const failure = await this.#server?.failure();
    if (failure === undefined) return;
    this.#server = undefined;
    if (!PASSING.test(failure)) throw noStart(this.#place.data, failure, this.#place.log);
  }

  /** Whether a server has the data already, which starts or stops just now. */
  async #isTaken(): Promise<boolean> {
    const found = await readServerFile(this.#place);
    const state = found && serverState(found);
    if (found && state === "another") await clearServerFile(this.#place, found);
    return state === "running";
  }
}
