import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

/** CPU models by vendor, a choice of those QEMU knows (qemu-server, CPUConfig.pm). */
const models: Readonly<Record<string, readonly string[]>> = {
  AuthenticAMD:
    "athlon phenom Opteron_G1 Opteron_G2 Opteron_G3 Opteron_G4 Opteron_G5 EPYC EPYC-IBPB EPYC-v3 EPYC-v4 EPYC-Rome EPYC-Milan EPYC-Genoa".split(
      " ",
    ),
  GenuineIntel:
    "486 pentium pentium2 pentium3 coreduo core2duo Conroe Penryn Nehalem Nehalem-IBRS Westmere Westmere-IBRS SandyBridge IvyBridge Haswell Haswell-noTSX Broadwell Broadwell-IBRS Broadwell-noTSX Skylake-Client Skylake-Server Skylake-Server-v4 Cascadelake-Server Icelake-Server Icelake-Server-noTSX SapphireRapids-v2 GraniteRapids-v3".split(
      " ",
    ),
  default: "host kvm32 kvm64 max qemu32 qemu64 x86-64-v2 x86-64-v2-AES x86-64-v3 x86-64-v4".split(" "),
};

function cpus(): unknown[] {
  return Object.entries(models).flatMap(([vendor, names]) =>
    names.map((name) => ({ name, vendor, custom: 0 })),
  );
}

/** Machine versions of the release's QEMU, newest first; Proxmox's own revisions carry what they changed. */
const machineVersions: Readonly<Record<string, readonly (readonly [string, string?])[]>> = {
  "8.4": [["7.2"], ["7.1"], ["7.0"], ["6.2"], ["6.1"], ["6.0"]],
  "9.2": [
    ["10.0+pve1", "Set host_mtu vNIC option even with default value for migration compat."],
    ["10.0"],
    ["9.2+pve1", "Disables S3/S4 power states by default."],
    ["9.2"],
    ["9.1"],
    ["9.0"],
  ],
};

function machines(call: Call): unknown[] {
  return ["i440fx", "q35"].flatMap((type) =>
    (machineVersions[call.cluster.version.id] ?? []).map(([version, changes]) => ({
      id: `pc-${type}-${version}`,
      type,
      version,
      ...(changes === undefined ? {} : { changes }),
    })),
  );
}

const params: ParamTable = { node: commonParams.node };
const common = { method: "GET", permission: "user", onNode: true } as const;
const base = "/nodes/{node}/capabilities/qemu";

/** What the node's QEMU can do. */
export const capabilityRoutes: readonly Route[] = [
  { ...common, path: `${base}/cpu`, params, handle: cpus },
  { ...common, path: `${base}/machines`, params: { ...params, arch: commonParams.text }, handle: machines },
];
