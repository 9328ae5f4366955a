/** Where something stands in a seed file; both count from 1. */
export interface SeedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One option of an entry, as the API takes it. */
export interface SeedOption {
  readonly name: string;
  readonly text: string;
  readonly place: SeedPlace;
}

/** One entry of a section, for example a guest. */
export interface SeedEntry {
  readonly place: SeedPlace;
  readonly options: ReadonlyMap<string, SeedOption>;
}

/** The sections of a seed, in the order they are made. */
export const seedSections = ["storages", "roles", "groups", "users", "pools", "acl", "guests"] as const;

export type SeedSection = (typeof seedSections)[number];

/** What a seed file says, before anything is made of it. */
export interface SeedDocument {
  /** True when nothing of the default cluster is wanted: no shared storage, no template 9000. */
  readonly bare: boolean;
  readonly sections: Readonly<Record<SeedSection, readonly SeedEntry[]>>;
}
