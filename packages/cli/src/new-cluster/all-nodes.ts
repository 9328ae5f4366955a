import { CoppiceError } from "@coppice/core";

/** Waits for all work with nodes. One failure is thrown as it is, several as one error that names them in their order. */
export async function allNodes<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  const ended = await Promise.allSettled(work);
  const reasons = ended.flatMap((one): readonly unknown[] => (one.status === "rejected" ? [one.reason] : []));
  const [first] = reasons;
  if (reasons.length === 0) return ended.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (reasons.length === 1 || !reasons.every(CoppiceError.is)) throw first;
  throw new CoppiceError("template.cluster", {
    what: `${reasons.length} nodes cannot be used over SSH`,
    why: reasons.map(({ what, why }) => (why === undefined ? what : `${what}: ${why}`)).join("; "),
    wayOut:
      "Addresses are given by --ssh-node <node>=<host>[:<port>], host keys by --host-key <node>=<key>, key and account by --ssh-key and --ssh-user",
    cause: first,
  });
}
