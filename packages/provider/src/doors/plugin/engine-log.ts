import { type ClassVerdict, type Progress, progressLine, progressText, verdictLine } from "@coppice/core";
import { Metadata } from "@grpc/grpc-js";
import type engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";

/** The engine's log as this plugin uses it. */
export interface EngineLog {
  /** What a resource is at: a line on its row, replaced by the next one, and every one of them for who reads the event log. */
  progress(urn: string, progress: Progress): void;
  /** What a preview or a reading comes to, for who reads the event log. */
  judge(urn: string, verdict: ClassVerdict): void;
  /** Lines that stay. */
  inform(urn: string, message: string): void;
  /** Lines that stay, marked as a warning. */
  warn(urn: string, message: string): void;
  /** A line for `pulumi up --debug`. */
  debug(message: string): void;
  /** Resolves when the engine has taken all that was written; soon, when there is no engine any more. */
  settled(): Promise<void>;
}

/** Row lines of one resource between which the engine gets no other, in milliseconds. */
const progressInterval = 100;

/** An engine that has not taken a line by then, in milliseconds, does not read any more. */
const patience = 10_000;

/**
 * Writes to the engine. Row lines are thinned out: the first at once, then the latest at intervals. The engine's log
 * has nothing but text, so progress goes there as text to be read back, and as a debug message, which is not shown.
 */
export function engineLog(client: InstanceType<typeof engineServices.EngineClient>): EngineLog {
  const { LogSeverity } = engineMessages;
  // One after the other: the engine takes calls as they come, but handles those that are in flight in any order.
  let sent = Promise.resolve();
  const send = (line: () => LogLine): void => {
    // A line that does not arrive is no reason to stop: a lost engine is noticed by watchEngine.
    sent = sent.then(() => write(client, line())).catch(() => undefined);
  };
  const collect = collected((urn, messages) =>
    send(() => ({ severity: LogSeverity.DEBUG, urn, message: messages(), isEphemeral: true })),
  );
  const show = thinned((urn, message) =>
    send(() => ({ severity: LogSeverity.INFO, urn, message, isEphemeral: true })),
  );
  return {
    progress: (urn, progress) => {
      collect(urn, progressLine(progress));
      show(urn, progressText(progress));
    },
    judge: (urn, verdict) => collect(urn, verdictLine(verdict)),
    inform: (urn, message) => send(() => ({ severity: LogSeverity.INFO, urn, message })),
    warn: (urn, message) => send(() => ({ severity: LogSeverity.WARNING, urn, message })),
    debug: (message) => send(() => ({ severity: LogSeverity.DEBUG, urn: "", message })),
    settled: () => sent,
  };
}

interface LogLine {
  readonly severity: engineMessages.LogSeverity;
  readonly urn: string;
  readonly message: string;
  readonly isEphemeral?: boolean;
}

/** Resolves when the engine has answered, whatever it has. */
function write(client: InstanceType<typeof engineServices.EngineClient>, line: LogLine): Promise<void> {
  const request = new engineMessages.LogRequest();
  request.setSeverity(line.severity);
  request.setUrn(line.urn);
  request.setMessage(line.message);
  request.setEphemeral(line.isEphemeral ?? false);
  const options = { deadline: Date.now() + patience };
  return new Promise((resolve) => client.log(request, new Metadata(), options, () => resolve()));
}

/** Lets what comes to a URN while its turn has not come yet go along as further lines: a call takes half a millisecond. */
function collected(send: (urn: string, message: () => string) => void): (urn: string, line: string) => void {
  const waiting = new Map<string, string[]>();
  const take = (urn: string): string => {
    const lines = waiting.get(urn) ?? [];
    waiting.delete(urn);
    return lines.join("\n");
  };
  return (urn, line) => {
    const lines = waiting.get(urn);
    if (lines !== undefined) lines.push(line);
    else {
      waiting.set(urn, [line]);
      send(urn, () => take(urn));
    }
  };
}

/** Lets the first line of each URN through at once and then only the latest of each interval. */
export function thinned(
  send: (urn: string, message: string) => void,
): (urn: string, message: string) => void {
  const waiting = new Map<string, string | undefined>();
  const flush = (urn: string): void => {
    const message = waiting.get(urn);
    waiting.delete(urn);
    if (message !== undefined) show(urn, message);
  };
  const show = (urn: string, message: string): void => {
    waiting.set(urn, undefined);
    send(urn, message);
    setTimeout(flush, progressInterval, urn).unref();
  };
  return (urn, message) => {
    if (waiting.has(urn)) waiting.set(urn, message);
    else show(urn, message);
  };
}
