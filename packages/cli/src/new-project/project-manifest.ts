/** The parts of a `package.json` that are filled in. */
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What a new project's `package.json` is made of. */
export interface ManifestParts {
  readonly name: string;
  /** The project's own folder of packed packages, and the file of each in there. */
  readonly packages: { readonly folder: string; readonly files: ReadonlyMap<string, string> };
  /** Packages that bring a newer Node than the user has. */
  readonly nodes: Readonly<Record<string, string>>;
}

/**
 * A template's `package.json` with the project's name and with packed packages in the place of published ones. Those
 * that only other packages need stand there too, or npm would look for them on its registry.
 */
export function projectManifest(template: string, { name, packages, nodes }: ManifestParts): string {
  // Our own template, of npm's shape.
  const { dependencies, ...manifest } = JSON.parse(template) as Manifest;
  const packed = [...packages.files].map(([one, file]) => [one, `file:${packages.folder}/${file}`] as const);
  const all = Object.entries({ ...dependencies, ...Object.fromEntries(packed) });
  const made = {
    ...manifest,
    name,
    dependencies: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(Object.keys(nodes).length > 0 ? { optionalDependencies: nodes } : {}),
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}
