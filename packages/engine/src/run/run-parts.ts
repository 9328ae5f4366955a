import type { AttachedPlugin } from "@coppice/plugin/attached";
import type { EngineEvent } from "../events/engine-event.ts";
import type { Environment } from "../home/home-folder.ts";
import type { Home } from "../home/open-home.ts";
import type { ProgramServer } from "../program/program-server.ts";

/** Where an engine is and what it works with. */
export interface EngineOptions {
  readonly home: Home;
  /** The engine's executable. */
  readonly pulumi: string;
  /** Its version, where that is known. */
  readonly version?: string;
  /** The variables that it runs with. */
  readonly environment: Environment;
  /** How long a run that was asked to stop may take, in milliseconds. @default a minute */
  readonly patience?: number;
}

/** What a run is told and tells. */
export interface RunTalk {
  /** Takes what happens, as it happens. */
  tell(event: EngineEvent): void;
  /** Its abort asks the run to stop; what is in hand is brought to its end. */
  readonly signal: AbortSignal;
  /** Takes the process id of the engine. */
  started?(pid: number): void;
}

/** What a run has from its engine. */
export interface EngineParts extends EngineOptions {
  readonly plugin: AttachedPlugin;
  readonly server: ProgramServer;
  /** Loads what runs need; what cannot be loaded is refused again where it is used. */
  warm(): Promise<void>;
}
