import type { Finding } from "../check.ts";

/** The parts of a `package.json` that the rules look at. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly private?: boolean;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What every package of the workspace has in common. `folder` is that of one: `packages/core`, `policies/quota`. */
export function findManifestProblems(folder: string, manifest: Manifest, version: string): Finding[] {
  const place = `${folder}/package.json`;
  const name = packageName(folder);
  const wrong: (string | undefined)[] = [
    manifest.name === name ? undefined : `the name must be ${name}`,
    manifest.version === version ? undefined : `the version must be ${version}, like every other package's`,
    manifest.license === "Apache-2.0" ? undefined : "the license must be Apache-2.0",
    manifest.type === "module" ? undefined : 'the type must be "module"',
    manifest.description ? undefined : "a description is missing",
    manifest.engines?.["node"] ? undefined : "engines.node is missing",
    manifest.private || manifest.files?.length ? undefined : "files is missing: it decides what is published",
    ...findConditionProblems(manifest.exports ?? {}),
  ];
  const messages = wrong.filter((message) => message !== undefined);
  return [
    ...messages.map((message) => ({ rule: "manifest", place, message })),
    ...findLoosePins(place, manifest),
  ];
}

function packageName(folder: string): string {
  return folder.replace(/^packages\//, "@coppice/").replace(/^policies\//, "@coppice/policy-");
}

/** `require` must find an entry too, or Pulumi's provider texts and policy packs cannot load it. */
function findConditionProblems(entries: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(entries).flatMap(([path, target]) => {
    if (typeof target !== "object" || target === null) return [];
    const conditions = Object.keys(target).join();
    return conditions === "types,default"
      ? []
      : [`exports["${path}"] must hold types, then default, nothing else`];
  });
}

/** Dependencies are pinned exactly; peers may be ranges. */
export function findLoosePins(place: string, manifest: Manifest): Finding[] {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return Object.entries(all)
    .filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
    .map(([name, range]) => ({
      rule: "loose-pin",
      place,
      message: `${name} must be an exact version, not "${range}"`,
    }));
}
