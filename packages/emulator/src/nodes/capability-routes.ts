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

/** The machine versions of QEMU, the oldest first; q35 came with 2.4. */
const machineVersions =
  "1.4 1.5 1.6 1.7 2.0 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 3.0 3.1 4.0 4.1 4.2 5.0 5.1 5.2 6.0 6.1 6.2 7.0 7.1 7.2 8.0 8.1 8.2 9.0 9.1 9.2 10.0".split(
    " ",
  );

/** The first and the last one that each release's QEMU knows (recordings, cluster n 181: 58 and 68 of them). */
const machineRanges: Readonly<Record<string, readonly [string, string]>> = {
  "8.4": ["1.4", "7.2"],
  "9.2": ["2.4", "10.0"],
};

/** Proxmox's own revisions of a version, and what each changed (qemu-server, QemuServer/Machine.pm). */
const revisions: Readonly<Record<string, readonly string[]>> = {
  "4.1": ["Introduction of pveX versioning, no changes.", "Increases the number of SCSI drives supported."],
  "9.2": ["Disables S3/S4 power states by default."],
  "10.0": ["Set host_mtu vNIC option even with default value for migration compat."],
};

function versionsOf(type: string, release: string): readonly string[] {
  const [first = "", last = ""] = machineRanges[release] ?? [];
  const least = machineVersions.indexOf(type === "q35" ? "2.4" : "1.4");
  const from = Math.max(least, machineVersions.indexOf(first));
  return machineVersions.slice(from, machineVersions.indexOf(last) + 1);
}

function machinesOf(type: string, version: string): unknown[] {
  const id = `pc-${type}-${version}`;
  const own = (revisions[version] ?? []).map((changes, index) => {
    const revision = `+pve${index + 1}`;
    return { id: `${id}${revision}`, type, version: `${version}${revision}`, changes };
  });
  return [...own.reverse(), { id, type, version }];
}

/** The machines of the node's QEMU, the newest first. */
function machines({ cluster }: Call): unknown[] {
  return ["i440fx", "q35"].flatMap((type) =>
    versionsOf(type, cluster.version.id)
      .toReversed()
      .flatMap((version) => machinesOf(type, version)),
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
