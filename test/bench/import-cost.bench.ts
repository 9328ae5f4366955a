import { resolve } from "node:path";
import { compare } from "./frame/compare.ts";
import { importTime, type TimeKind } from "./frame/import-time.ts";
import type { Row } from "./frame/row.ts";

const packages = resolve(import.meta.dirname, "../../packages");

/** What a user's program pays for importing ours, beside what it cannot do without. */
export async function rows(): Promise<Row[]> {
  return [
    await components("wall"),
    await components("cpu"),
    await clientEntry("wall"),
    await client("wall"),
    await client("cpu"),
  ];
}

function components(kind: TimeKind): Promise<Row> {
  return compare({
    metric: `import @coppice/components, beside @pulumi/pulumi (${kind})`,
    unit: "ms",
    ours: () => importTime(kind, ["@coppice/components"], `${packages}/cli`),
    peer: () => importTime(kind, ["@pulumi/pulumi"], `${packages}/components`),
    target: { of: "ratio", limit: "at most", value: 1.1 },
  });
}

/** What importing the client costs by itself. */
function clientEntry(kind: TimeKind): Promise<Row> {
  return compare({
    metric: `import @coppice/pve, beside undici and ssh2 (${kind})`,
    unit: "ms",
    ours: () => importTime(kind, ["@coppice/pve"], `${packages}/pve`),
    peer: () => importTime(kind, ["undici", "ssh2"], `${packages}/pve`),
    target: { of: "ratio", limit: "at most", value: 1.2 },
  });
}

/** The client leaves both libraries until it connects; a program that connects pays for all three. */
function client(kind: TimeKind): Promise<Row> {
  return compare({
    metric: `import @coppice/pve, undici and ssh2, beside undici and ssh2 (${kind})`,
    unit: "ms",
    ours: () => importTime(kind, ["@coppice/pve", "undici", "ssh2"], `${packages}/pve`),
    peer: () => importTime(kind, ["undici", "ssh2"], `${packages}/pve`),
    target: { of: "ratio", limit: "at most", value: 1.2 },
  });
}
