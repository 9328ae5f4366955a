import { CoppiceError } from "@coppice/core";
import type { Place } from "./ssh-place.ts";

/** Does something over SSH with a node; a failure names the node, and the options that say how it is reached. */
export async function toNode<T>(
  name: string,
  { host, port }: { readonly [Part in keyof Place]: Place[Part] | undefined },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!CoppiceError.is(cause)) throw cause;
    throw new CoppiceError("template.cluster", {
      what: `The node ${name} cannot be used over SSH at ${host}${port === undefined ? "" : `:${port}`}`,
      why: cause.why === undefined ? cause.what : `${cause.what}: ${cause.why}`,
      wayOut: `Its address is given by --ssh-node ${name}=<host>[:<port>], its host key by --host-key ${name}=<key>, key and account by --ssh-key and --ssh-user`,
      cause,
    });
  }
}
