import type { OpenCluster } from "@coppice/clusters/connections";
import { CoppiceError } from "@coppice/core";
import { openWished } from "./open-wished.ts";

/**
 * Opens the cluster that several stacks configure under one name. Two clusters of one name would make every machine of the
 * one a stray of the other.
 *
 * @throws CoppiceError `provider.config` where they mean different ones
 */
export async function openSharedCluster(
  cluster: string | undefined,
  stacks: readonly string[],
): Promise<OpenCluster> {
  const names = stacks.length === 0 ? [undefined] : stacks;
  const opened = await Promise.all(names.map((stack) => openWished({ cluster, stack })));
  const [first, ...others] = opened;
  if (first === undefined) throw new TypeError("There is always one.");
  const endpoints = new Set(opened.map(({ settings }) => settings.endpoint));
  await Promise.all(others.map((each) => each.close()));
  if (endpoints.size === 1) return first;
  await first.close();
  throw new CoppiceError("provider.config", {
    what: `The stacks ${stacks.join(", ")} mean different clusters by the name '${cluster ?? "main"}'`,
    why: `their endpoints are ${[...endpoints].join(", ")}`,
    wayOut: "Look at each of them by itself, or give them one endpoint",
  });
}
