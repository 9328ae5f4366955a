import { type Channel, connectivityState } from "@grpc/grpc-js";

/**
 * Calls back once when the connection to the engine is lost. An engine that was killed tells nobody; its
 * plugins would go on working (pulumi/pulumi leaves them orphaned).
 */
export function watchEngine(channel: Channel, onLost: () => void): void {
  let seenReady = false;
  const look = (): void => {
    const state = channel.getConnectivityState(true);
    if (state === connectivityState.SHUTDOWN) return;
    seenReady ||= state === connectivityState.READY;
    // After a loss grpc-js goes through IDLE and CONNECTING; only a refused new connection tells it for sure.
    if (seenReady && state === connectivityState.TRANSIENT_FAILURE) {
      onLost();
      return;
    }
    channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, look);
  };
  look();
}
