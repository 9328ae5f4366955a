/** What the configuration of one machine is rewritten to. */
export interface BulkRewrite {
  /** The machine whose text Proxmox wrote, and the one that gets a copy. */
  readonly from: { readonly vmid: number; readonly seat: string };
  readonly to: { readonly vmid: number; readonly seat: string };
  readonly mark: string;
  /** Values of the new machine that replace those of the first, by key. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * The configuration text of a machine, made from the text that Proxmox wrote for another machine of the same pool:
 * own values for the keys that are a machine's own, own volumes, own mark; every other line as Proxmox wrote it.
 */
export function bulkConfig(text: string, rewrite: BulkRewrite): string {
  return text
    .split("\n")
    .map((line) => rewriteLine(line, rewrite))
    .join("\n");
}

function rewriteLine(line: string, { from, to, mark, values }: BulkRewrite): string {
  if (line.startsWith("#")) return rewriteNote(line, mark, from.seat, to.seat);
  const key = /^([a-z]+\d*):/.exec(line)?.[1] ?? "";
  const value = values[key];
  if (value !== undefined) return `${key}: ${value}`;
  // A volume's owner stands in its folder and in its name: `lab:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2`.
  return line.replaceAll(`${from.vmid}/vm-${from.vmid}-`, `${to.vmid}/vm-${to.vmid}-`);
}

/** Notes stand in comment lines, percent-encoded (pve-common, PVE::Tools::encode_text). */
function rewriteNote(line: string, mark: string, from: string, to: string): string {
  const end = line.lastIndexOf(from);
  return line.includes(mark) && end >= 0 ? line.slice(0, end) + to : line;
}
