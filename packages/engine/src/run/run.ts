import { CoppiceError } from "@coppice/core";
import { documentUrn } from "../documents/document-urn.ts";
import type { EngineEvent } from "../events/engine-event.ts";
import { followEvents } from "../events/follow-events.ts";
import { engineFailure, isAboutPassphrase } from "../home/engine-failure.ts";
import { isLeaseLost } from "../lease/lease-lost.ts";
import { describedProgram, refusedDocuments, type TakeMade } from "../program/described-program.ts";
import { forgetTenantTokens, keepTenantToken } from "../program/tenant-token.ts";
import { engineArguments } from "./engine-arguments.ts";
import { type EngineEnd, EngineProcess } from "./engine-process.ts";
import { engineWords } from "./engine-words.ts";
import { writeFirstState } from "./first-state.ts";
import { secretsHider, withoutSecrets } from "./hide-secrets.ts";
import { mendState } from "./mend-state.ts";
import { orderSecrets } from "./order-secrets.ts";
import { type ProjectFolder, writeProject } from "./project-folder.ts";
import type { RunOrder } from "./run-order.ts";
import type { RunOutcome } from "./run-outcome.ts";
import type { EngineParts, RunTalk } from "./run-parts.ts";
import { RunRecord } from "./run-record.ts";
import { toldLocks, untilDead } from "./told-locks.ts";

/** How long a run that was asked to stop may take, in milliseconds. */
const usualPatience = 60_000;

/** A short life with a small heap: a tenth of the engine's work was to collect what its start had left. */
const frugal = { GOGC: "400" };

const STOPPED = "the run was cancelled";

/** The engine's words for a stack that is not there yet (`pkg/cmd/pulumi/stack/io.go`). */
const noStack = /^no stack named /;

/**
 * The engine's words where this process did not answer it within the 20 s that gRPC gives a connection, since the machine
 * is too busy. It asks for packages before it begins anything.
 */
const notReached = /^failed to discover package requirements: connection error/;

/** How often the engine is started where it does not reach this process. */
const MOST_STARTS = 4;

/** One run of the engine. */
export class Run {
  readonly #parts: EngineParts;
  readonly #order: RunOrder;
  readonly #talk: RunTalk;
  readonly #record: RunRecord;
  readonly #hide: (text: string) => string;

  constructor(parts: EngineParts, order: RunOrder, talk: RunTalk) {
    this.#parts = parts;
    this.#order = order;
    this.#talk = talk;
    this.#hide = secretsHider(orderSecrets(order, parts.home));
    this.#record = new RunRecord(this.#hide);
  }

  /** Carries it out. */
  async outcome(): Promise<RunOutcome> {
    try {
      const { verb, isTrial = false } = this.#order;
      // Previews and trials may go on beside a run that somebody else has in hand.
      await mendState(this.#parts.home, this.#order, verb !== "preview" && !isTrial);
      await writeFirstState(this.#parts.home, this.#order);
      const project = await writeProject(this.#parts.home, this.#order);
      let isSaltTrue = false;
      try {
        const end = await this.#carryOut(project);
        isSaltTrue = !engineWords(end.said).errors.some(isAboutPassphrase);
        if (end.code === 0 && verb === "destroy")
          await forgetTenantTokens(this.#parts.home.folder, this.#order.documents);
        return this.#result(end);
      } finally {
        await project.remove({ isSaltTrue });
      }
    } catch (error) {
      const isStopped = this.#talk.signal.aborted;
      if (!isStopped) this.#record.fail(error);
      return this.#record.outcome(isStopped ? "cancelled" : "failed");
    }
  }

  /** Where state lies in no folder, the first order for a stack makes it, and a lock is seen when the engine refuses it. */
  async #carryOut(project: ProjectFolder): Promise<EngineEnd> {
    const end = await this.#reached(project);
    const [error = ""] = end.code === 0 ? [] : engineWords(end.said).errors;
    const { stack } = this.#order;
    if (noStack.test(error)) {
      return await this.#updateAfter(project, ["stack", "init", "--stack", stack, "--no-select"]);
    }
    const locks = toldLocks(error);
    if (locks.length === 0) return end;
    await untilDead(locks, this.#order, this.#talk.signal);
    return await this.#updateAfter(project, ["cancel", "--yes", "--stack", stack]);
  }

  async #updateAfter(project: ProjectFolder, args: readonly string[]): Promise<EngineEnd> {
    const { code, ...end } = await this.#start(project, [...args, "--non-interactive"]).ended;
    return code === 0 ? await this.#reached(project) : { code, ...end };
  }

  /** Again where nothing has begun, since the engine did not reach the program. */
  async #reached(project: ProjectFolder): Promise<EngineEnd> {
    for (let starts = 1; ; starts += 1) {
      const end = await this.#update(project);
      const isReached =
        end.code === 0 || !engineWords(end.said).errors.some((error) => notReached.test(error));
      if (isReached || starts === MOST_STARTS || this.#talk.signal.aborted) return end;
    }
  }

  async #update(project: ProjectFolder): Promise<EngineEnd> {
    const { plugin, server, home } = this.#parts;
    const { documents, credentials } = this.#order;
    const places = { environment: credentials, folder: home.folder };
    const program = describedProgram(documents, places, this.#kept());
    server.serve(program, (error) => this.#programFailed(error));
    plugin.surround(places);
    const events = followEvents(project.eventLog, (event) => this.#tell(event));
    try {
      const engine = this.#start(project, this.#arguments(project));
      // The engine needs a while to start, in which everything else can be loaded.
      this.#parts.warm().catch(() => undefined);
      return await this.#stoppable(engine);
    } finally {
      events.close();
      await plugin.end("the run is over");
    }
  }

  /** What a run makes known that the home keeps; a destruction makes the same once more, for what goes. */
  #kept(): TakeMade | undefined {
    const { folder } = this.#parts.home;
    if (this.#order.verb !== "up") return undefined;
    return async (document, made) => keepTenantToken(folder, document, made);
  }

  #arguments({ eventLog }: ProjectFolder): string[] {
    return engineArguments(this.#order, { programPort: this.#parts.server.port, eventLog });
  }

  #start({ path }: ProjectFolder, args: readonly string[]): EngineProcess {
    const { pulumi, environment, home, plugin } = this.#parts;
    const own = {
      PULUMI_DEBUG_PROVIDERS: `coppice:${plugin.port}`,
      // `--event-log` and `--client` are flags for debugging, hidden otherwise.
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const engine = new EngineProcess({
      pulumi,
      args,
      folder: path,
      environment: { ...frugal, ...environment, ...home.variables, ...own },
    });
    if (engine.pid !== undefined) this.#talk.started?.(engine.pid);
    return engine;
  }

  /**
   * First it is asked, and the handlers with it; what has not stopped by the deadline is killed. Who lost the stack's lease
   * has no time to give: soon somebody else's engine writes the same state.
   */
  async #stoppable(engine: EngineProcess): Promise<EngineEnd> {
    const { plugin, patience = usualPatience } = this.#parts;
    const { signal } = this.#talk;
    let deadline: NodeJS.Timeout | undefined;
    const stop = (): void => {
      engine.interrupt();
      plugin.cancel(STOPPED);
      deadline = setTimeout(() => engine.kill(), isLeaseLost(signal.reason) ? 0 : patience);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    try {
      return await engine.ended;
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener("abort", stop);
    }
  }

  #tell(event: EngineEvent): void {
    const shown = withoutSecrets(event, this.#hide);
    this.#record.take(shown);
    this.#talk.tell(shown);
  }

  #programFailed(error: unknown): void {
    const refused = refusedDocuments(error);
    if (refused === undefined) return this.#record.fail(error);
    for (const { document, error: reason } of refused) {
      this.#record.fail(reason, documentUrn(this.#order, document));
    }
  }

  #result({ code, signal, said }: EngineEnd): RunOutcome {
    const isStopped = this.#talk.signal.aborted;
    const { warnings, errors } = engineWords(said);
    for (const text of warnings) this.#say("warning", text);
    if (code === 0) return this.#record.outcome("succeeded");
    if (!this.#record.hasFailed) for (const text of errors) this.#failed(text);
    // One that has hardly started does not listen for an interrupt yet, and has done nothing.
    if (code === null && !(isStopped && signal === "SIGINT")) this.#record.fail(engineEnded());
    return this.#record.outcome(isStopped ? "cancelled" : "failed");
  }

  #failed(what: string): void {
    this.#say("error", engineFailure(what, this.#parts.home).message);
  }

  #say(severity: "warning" | "error", text: string): void {
    this.#tell({ kind: "diagnostic", severity, text, isEphemeral: false });
  }
}

function engineEnded(): CoppiceError {
  return new CoppiceError("engine.ended", {
    what: "The engine ended in the midst of the run",
    why: "it was killed",
    wayOut: "Run it again: it goes on where it was stopped",
  });
}
