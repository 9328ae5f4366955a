/** Something that is kept in a file or folder. */
export interface PlaceFacts {
  readonly path: string;
  readonly sentence: string;
  /** What happens when it is deleted. */
  readonly deleted: string;
}

/** Every place that the product writes to, but what a class is made of. */
export const places: readonly PlaceFacts[] = [
  {
    path: "`Pulumi.yaml`",
    sentence: "The project: runtime, where the plugin is, where the state is.",
    deleted: "restore it",
  },
  {
    path: "`Pulumi.<stack>.yaml`",
    sentence: "The stack's configuration; secrets in it are encrypted.",
    deleted: "restore it: it has the salt of the encryption",
  },
  {
    path: "`.pulumi` in a project",
    sentence: "The state of its stacks, where `Pulumi.yaml` says `file://.`.",
    deleted: "the machines stay, and no stack knows them",
  },
  {
    path: "`passphrase` in a project",
    sentence: "Made by `coppice new`; decrypts the stack's secrets. Its owner alone reads it.",
    deleted: "secrets in configuration and state are lost",
  },
  {
    path: "`pve-token` in a project",
    sentence: "A token that was typed at `coppice new`. Its owner alone reads it.",
    deleted: "make another token",
  },
  {
    path: "`packages` in a project",
    sentence: "The packages of Coppice that it stands on.",
    deleted: "`npm install` fails; restore it",
  },
  {
    path: "`~/.local/share/coppice/state`",
    sentence: "The state of described stacks and their history.",
    deleted: "the machines stay, and no stack knows them",
  },
  {
    path: "`~/.local/share/coppice/passphrase`",
    sentence: "Made at the first use; decrypts those stacks' secrets. Its owner alone reads it.",
    deleted: "refused as long as there are stacks: restore it",
  },
  {
    path: "`~/.local/share/coppice/salts`",
    sentence: "The salt of each stack's encryption.",
    deleted: "made again; the next run encrypts the stack's secrets anew",
  },
  {
    path: "`~/.local/share/coppice/runs`, `engine`",
    sentence: "What a run is working with, and the engine's own files.",
    deleted: "nothing, between runs",
  },
  {
    path: "`~/.local/share/coppice/unsettled`",
    sentence: "Which stacks of tenants have a run that has not told the ledger what it left.",
    deleted: "the ledger hears of that from the stack's next run, or by `coppice ledger rebuild`",
  },
  {
    path: "`.coppice` beside the state's `.pulumi`",
    sentence:
      "Who changes a stack now, and what waits for it. For state that is not in files: `~/.local/share/coppice/shared`.",
    deleted: "nothing, while nobody changes a stack",
  },
  {
    path: "`.coppice/origin` there",
    sentence: "The id of the state's home, which machines name in their notes: no other home touches them.",
    deleted:
      "made anew; what the state has stays its own, what a run was making is another home's: restore it",
  },
  {
    path: "`~/.local/share/coppice/database`",
    sentence:
      "The embedded PostgreSQL: data, password, log. Root's is in `/var/lib/coppice`, a folder for each home. Its owner alone reads it.",
    deleted: "reservations of runs are lost; the rest can be made anew from the stacks",
  },
  {
    path: "`~/.cache/coppice/postgresql-<version>`",
    sentence: "The programs of the embedded PostgreSQL, 58 MB; root's are in `/var/cache/coppice`.",
    deleted: "copied again from the npm package at the next start; not under a running server",
  },
  {
    path: "`~/.cache/coppice/engine`, `yaml-host`",
    sentence: "Engine and YAML host, by version; about 140 MB where they were built.",
    deleted: "made again at the next run that needs them",
  },
  {
    path: "`node_modules/.cache/node-compile`",
    sentence: "What Node compiled; saves a third of a program's start.",
    deleted: "made again",
  },
  {
    path: "`~/.pulumi`",
    sentence: "The engine's own: the selected stack of each folder, plugins, accounts.",
    deleted: "select the stack again",
  },
  {
    path: "`~/.local/bin/coppice`",
    sentence: "The link that `npm run link` makes.",
    deleted: "`npm run link`",
  },
  {
    path: "`~/.local/share/coppice/clusters`",
    sentence:
      "The registered clusters, a document each, and the tokens that were typed for them. Its owner alone reads it.",
    deleted: "register them again; the machines stay",
  },
  {
    path: "`~/.local/share/coppice/tokens/<cluster>/<tenant>`",
    sentence: "The API token of a tenant that a document made. Its owner alone reads it.",
    deleted: "written again by the next `coppice up` that changes the tenant's document",
  },
  {
    path: "`<token's file>.next`",
    sentence: "The new token, while `coppice cluster rotate-token` replaces one.",
    deleted: "made again by the next call",
  },
  {
    path: "`.coppice` in a checkout",
    sentence: "What was built of which sources, and locks.",
    deleted: "built again",
  },
];
