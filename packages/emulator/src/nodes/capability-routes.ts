import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

/** CPU models by vendor, those of both releases (qemu-server, QemuServer/CPUConfig.pm). */
const models: Readonly<Record<string, string>> = {
  AuthenticAMD:
    "EPYC EPYC-Genoa EPYC-IBPB EPYC-Milan EPYC-Milan-v2 EPYC-Rome EPYC-Rome-v2 EPYC-Rome-v3 EPYC-Rome-v4 EPYC-v3 EPYC-v4 Opteron_G1 Opteron_G2 Opteron_G3 Opteron_G4 Opteron_G5 athlon phenom",
  GenuineIntel:
    "486 Broadwell Broadwell-IBRS Broadwell-noTSX Broadwell-noTSX-IBRS Cascadelake-Server Cascadelake-Server-noTSX Cascadelake-Server-v2 Cascadelake-Server-v4 Cascadelake-Server-v5 Conroe Cooperlake Cooperlake-v2 GraniteRapids Haswell Haswell-IBRS Haswell-noTSX Haswell-noTSX-IBRS Icelake-Client Icelake-Client-noTSX Icelake-Server Icelake-Server-noTSX Icelake-Server-v3 Icelake-Server-v4 Icelake-Server-v5 Icelake-Server-v6 IvyBridge IvyBridge-IBRS KnightsMill Nehalem Nehalem-IBRS Penryn SandyBridge SandyBridge-IBRS SapphireRapids SapphireRapids-v2 Skylake-Client Skylake-Client-IBRS Skylake-Client-noTSX-IBRS Skylake-Client-v4 Skylake-Server Skylake-Server-IBRS Skylake-Server-noTSX-IBRS Skylake-Server-v4 Skylake-Server-v5 Westmere Westmere-IBRS core2duo coreduo pentium pentium2 pentium3",
  default: "host kvm32 kvm64 max qemu32 qemu64 x86-64-v2 x86-64-v2-AES x86-64-v3 x86-64-v4",
};

/** Those that came with 9. */
const newModels: Readonly<Record<string, string>> = {
  AuthenticAMD: "EPYC-Genoa-v2 EPYC-Milan-v3 EPYC-Rome-v5 EPYC-Turin EPYC-v5",
  GenuineIntel:
    "ClearwaterForest GraniteRapids-v2 GraniteRapids-v3 Icelake-Server-v7 SapphireRapids-v3 SapphireRapids-v4 SierraForest SierraForest-v2 SierraForest-v3",
};

function cpus({ cluster }: Call): unknown[] {
  const tables = cluster.version.id === "8.4" ? [models] : [models, newModels];
  return tables
    .flatMap((table) => Object.entries(table))
    .flatMap(([vendor, names]) => names.split(" ").map((name) => ({ name, vendor, custom: 0 })));
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
