import { type NodeOrder, type OpenCluster, runOrders, storageOrders } from "@coppice/clusters";
import type { OverlayPoolInputs } from "@coppice/core";

/** Seats whose disks are looked at, and what tells where those are. */
export interface OwnBytesQuestion {
  readonly cluster: OpenCluster;
  readonly mark: string;
  readonly inputs: Pick<OverlayPoolInputs, "base" | "dataDisk">;
  readonly seats: readonly { readonly seat: string; readonly vmid: number; readonly node: string }[];
}

/**
 * How much the disks of seats hold that is nowhere else, by seat: a fresh overlay next to nothing. Only files over SSH
 * tell it for little: Proxmox's list of volumes runs `qemu-img info` for each (pve-storage, `list_images`). A seat of
 * which that is not known is left out; nothing depends on it but words.
 */
export async function ownBytes(question: OwnBytesQuestion): Promise<Map<string, number>> {
  const { cluster, inputs, seats } = question;
  const storages = new Set([inputs.base.storage, inputs.dataDisk?.storage ?? inputs.base.storage]);
  if (cluster.settings.ssh === undefined) return new Map();
  const nodes = [...Map.groupBy(seats, ({ node }) => node)];
  const asked = [...storages].flatMap((storage) => nodes.map(([node, group]) => ({ storage, node, group })));
  const found = await Promise.all(asked.map((each) => bytesOn(question, each)));
  const total = new Map<string, number>();
  for (const [seat, bytes] of found.flat()) total.set(seat, (total.get(seat) ?? 0) + bytes);
  return total;
}

interface Asked {
  readonly storage: string;
  readonly node: string;
  readonly group: OwnBytesQuestion["seats"];
}

async function bytesOn(
  { cluster, mark }: OwnBytesQuestion,
  { storage, node, group }: Asked,
): Promise<(readonly [seat: string, bytes: number])[]> {
  const orders = group.map(({ seat, vmid }): NodeOrder => ["written", seat, vmid]);
  try {
    const answers = await runOrders(cluster, node, [...storageOrders(mark, storage), ...orders]);
    return [...answers].flatMap(([seat, { word, detail }]) =>
      word === "ok" ? [[seat, Number(detail)] as const] : [],
    );
  } catch {
    // A storage without files, a node that does not answer or whose host key is not known: what follows says so where it matters.
    return [];
  }
}
