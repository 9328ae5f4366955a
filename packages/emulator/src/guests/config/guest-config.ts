/** One section of a guest's configuration: option to text, as the file holds it. */
export type ConfigValues = Record<string, string>;

/** A guest's configuration file, understood. Shared by its readers: change a {@link ConfigDraft}, never this. */
export interface GuestConfig {
  /** The options in force, with `description` decoded and Proxmox's own keys (`lock`, `parent`, `digest` excepted). */
  readonly values: Readonly<ConfigValues>;
  /** Changes that wait for the next start, without the deletions. */
  readonly pending: Readonly<ConfigValues>;
  /** Options to be deleted at the next start; true when their disk is to be freed at once. */
  readonly pendingDelete: ReadonlyMap<string, boolean>;
  /** `[special:cloudinit]` and its like, by name. */
  readonly special: Readonly<Record<string, Readonly<ConfigValues>>>;
  readonly snapshots: Readonly<Record<string, Readonly<ConfigValues>>>;
  /** SHA-1 of the raw text. */
  readonly digest: string;
}

/** A copy of a configuration that an operation changes and saves. */
export interface ConfigDraft extends GuestConfig {
  values: ConfigValues;
  pending: ConfigValues;
  pendingDelete: Map<string, boolean>;
  special: Record<string, ConfigValues>;
  snapshots: Record<string, ConfigValues>;
}

/** Copies a configuration for changing. */
export function draftOf(config: GuestConfig): ConfigDraft {
  return {
    values: { ...config.values },
    pending: { ...config.pending },
    pendingDelete: new Map(config.pendingDelete),
    special: copySections(config.special),
    snapshots: copySections(config.snapshots),
    digest: config.digest,
  };
}

/** A configuration with these options and nothing else. */
export function freshConfig(values: ConfigValues): ConfigDraft {
  return { values, pending: {}, pendingDelete: new Map(), special: {}, snapshots: {}, digest: "" };
}

function copySections(
  sections: Readonly<Record<string, Readonly<ConfigValues>>>,
): Record<string, ConfigValues> {
  return Object.fromEntries(Object.entries(sections).map(([name, values]) => [name, { ...values }]));
}
