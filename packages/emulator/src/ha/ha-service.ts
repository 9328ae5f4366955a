/** What HA's manager makes of a guest at the moment (pve-ha-manager, HA/Manager.pm). */
export type HaState = "started" | "request_stop" | "stopped" | "migrate" | "relocate" | "fence" | "error";

/** A guest as HA's manager knows it. */
export interface HaService {
  readonly state: HaState;
  readonly node: string;
  /** New with every change of state: a node's result counts only for the state that it was asked for in. */
  readonly uid: string;
  readonly target?: string;
  /** How long a stop may take, in seconds; 0 pulls the plug. */
  readonly timeout?: number;
  /** Its node has said that it runs. */
  readonly running?: 1;
  /** Starts that failed since it last ran. */
  readonly failed?: number;
}

/** An order of the queue `ha/crm_commands`. */
export interface HaOrder {
  readonly verb: "migrate" | "relocate" | "stop";
  /** A node's name, or for `stop` the seconds. */
  readonly argument: string;
}

/** What a step of a service hangs on. */
export interface HaFacts {
  /** What the resource asks for: `started`, `stopped` or `disabled`. */
  readonly wanted: string;
  readonly maxRestart: number;
  /** Zero when the node has done what the state says. */
  readonly result: number | undefined;
  readonly order: HaOrder | undefined;
  /** Nobody has seen its node for a minute. */
  readonly isLost: boolean;
  /** Where it can go on, once its lost node is known to be off. */
  readonly refuge: string | undefined;
}

/** What changes about a service; undefined when nothing does. */
export type HaChange = Omit<HaService, "uid"> | undefined;

function afterStart(service: HaService, { result, maxRestart }: HaFacts): HaChange {
  if (result === undefined) return undefined;
  const { state, node, failed = 0 } = service;
  if (result === 0) return service.running === 1 ? undefined : { state, node, running: 1 };
  // The genuine manager tries other nodes before it gives up.
  return failed >= maxRestart ? { state: "error", node } : { state, node, failed: failed + 1 };
}

function moved(service: HaService, { order }: HaFacts): HaChange {
  if (order === undefined || order.verb === "stop" || order.argument === service.node) return undefined;
  return { state: order.verb, node: service.node, target: order.argument };
}

function fromStarted(service: HaService, facts: HaFacts): HaChange {
  const { node } = service;
  if (facts.isLost) return { state: "fence", node };
  if (facts.wanted === "started") return moved(service, facts) ?? afterStart(service, facts);
  const timeout = facts.order?.verb === "stop" ? { timeout: Number(facts.order.argument) } : {};
  return { state: "request_stop", node, ...timeout };
}

function fromStopped(service: HaService, facts: HaFacts): HaChange {
  if (facts.isLost && facts.wanted !== "disabled") return { state: "fence", node: service.node };
  const change = moved(service, facts);
  return change ?? (facts.wanted === "started" ? { state: "started", node: service.node } : undefined);
}

function fromRequestStop({ node }: HaService, { result, isLost }: HaFacts): HaChange {
  if (isLost) return { state: "fence", node };
  return result === undefined ? undefined : { state: result === 0 ? "stopped" : "error", node };
}

function fromMove({ node, target }: HaService, { wanted, result, isLost }: HaFacts): HaChange {
  if (isLost) return { state: "fence", node };
  if (result === undefined) return undefined;
  const state = wanted === "started" ? "started" : "request_stop";
  return { state, node: result === 0 && target !== undefined ? target : node };
}

/** One step of the manager for one guest. */
export function nextHaService(service: HaService, facts: HaFacts): HaChange {
  const { state, node } = service;
  if (state === "started") return fromStarted(service, facts);
  if (state === "stopped") return fromStopped(service, facts);
  if (state === "request_stop") return fromRequestStop(service, facts);
  if (state === "migrate" || state === "relocate") return fromMove(service, facts);
  if (state === "error") return facts.wanted === "disabled" ? { state: "stopped", node } : undefined;
  if (facts.refuge === undefined) return undefined;
  return { state: facts.wanted === "started" ? "started" : "request_stop", node: facts.refuge };
}

/** What lists call a guest's state: feedback before the manager has done anything (HA/Tools.pm). */
export function spokenState(service: HaService | undefined, wanted: string | undefined): string {
  if (wanted === undefined) return "deleting";
  if (wanted === "ignored") return "ignored";
  if (service === undefined) return "queued";
  const { state } = service;
  if (state === "stopped" && wanted === "started") return "starting";
  if (state === "stopped" && wanted === "disabled") return "disabled";
  if (state === "started" && service.running === undefined) return "starting";
  if (state === "started" && wanted !== "started") return "stopping";
  if (state === "error" && wanted === "disabled") return "clearing error flag";
  return state;
}
