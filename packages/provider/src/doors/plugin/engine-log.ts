import type engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";

/** The engine's log as this plugin uses it. */
export interface EngineLog {
  /** A line on the resource's row, replaced by the next one. */
  progress(urn: string, message: string): void;
  /** Lines that stay. */
  inform(urn: string, message: string): void;
  /** Lines that stay, marked as a warning. */
  warn(urn: string, message: string): void;
  /** A line for `pulumi up --debug`. */
  debug(message: string): void;
}

/** Engine messages between two progress lines of one resource, in milliseconds. */
const progressInterval = 100;

/** Writes to the engine. Progress is thinned out: the first line at once, then the latest at intervals. */
export function engineLog(client: InstanceType<typeof engineServices.EngineClient>): EngineLog {
  const { LogSeverity, LogRequest } = engineMessages;
  const send = (severity: number, urn: string, message: string, ephemeral: boolean): void => {
    const request = new LogRequest();
    request.setSeverity(severity === LogSeverity.WARNING ? LogSeverity.WARNING : severityOf(severity));
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    // A log line that does not arrive is no reason to stop: a lost engine is noticed by engineWatch.
    client.log(request, () => undefined);
  };
  const severityOf = (severity: number) =>
    severity === LogSeverity.DEBUG ? LogSeverity.DEBUG : LogSeverity.INFO;
  const progress = thinned((urn, message) => send(LogSeverity.INFO, urn, message, true));
  return {
    progress,
    inform: (urn, message) => send(LogSeverity.INFO, urn, message, false),
    warn: (urn, message) => send(LogSeverity.WARNING, urn, message, false),
    debug: (message) => send(LogSeverity.DEBUG, "", message, false),
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
