import { resolve } from "node:path";
import { compare } from "./frame/compare.ts";
import { importTime } from "./frame/import-time.ts";
import type { Row } from "./frame/row.ts";

const packages = resolve(import.meta.dirname, "../../packages");

/** What a user's program pays for importing ours, beside what it cannot do without. */
export async function rows(): Promise<Row[]> {
  const components = await compare({
    metric: "import @coppice/components, beside @pulumi/pulumi",
    unit: "ms",
    ours: () => importTime(["@coppice/components"], `${packages}/cli`),
    peer: () => importTime(["@pulumi/pulumi"], `${packages}/components`),
    target: { of: "ratio", limit: "at most", value: 1.15 },
  });
  const pve = await compare({
    // The client leaves ssh2 until it connects; a program that connects pays for both.
    metric: "import @coppice/pve and ssh2, beside undici and ssh2",
    unit: "ms",
    ours: () => importTime(["@coppice/pve", "ssh2"], `${packages}/pve`),
    peer: () => importTime(["undici", "ssh2"], `${packages}/pve`),
    target: { of: "ratio", limit: "at most", value: 1.2 },
  });
  return [components, pve];
}
