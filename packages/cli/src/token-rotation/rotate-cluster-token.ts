import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterSettings } from "@coppice/clusters";
import { isProperties } from "@coppice/core";
import { type Environment, stateHome } from "@coppice/engine";
import { type Credentials, PveClient } from "@coppice/pve";
import { openRegistered } from "../registry/open-registered.ts";
import { readCluster } from "../registry/read-cluster.ts";
import type { RegisteredCluster } from "../registry/registered-cluster.ts";
import { withClusterLock } from "../registry/with-cluster-lock.ts";
import { holdersOf, tokenFile } from "./other-holders.ts";
import { notInFile } from "./refusals.ts";
import { type RotationParts, rotateToken } from "./rotate-token.ts";
import type { Rotation, RotationFiles } from "./rotation.ts";
import { filesOf } from "./rotation-files.ts";
import { waitForRuns } from "./wait-for-runs.ts";

/** Somebody who may make tokens for others, or for himself. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

/** How a registered cluster's token is replaced. */
export interface RotationWish {
  readonly folder: string;
  readonly cluster: string;
  readonly environment: Environment;
  /** Absent where the token itself is to do it. */
  readonly account?: Account | undefined;
  readonly keepOld: boolean;
  readonly signal: AbortSignal;
  /** What reads credentials without a lease, such as a preview, is done in that time, in milliseconds. @default 10000 */
  readonly grace?: number;
  readonly done?: RotationParts["done"];
  tell(line: string): void;
}

/** Replaces the token of a registered cluster; see `rotateToken`. */
export async function rotateClusterToken(
  wish: RotationWish,
): Promise<Rotation & { readonly isOldGone: boolean }> {
  const { folder, cluster: name, environment, account } = wish;
  const entry = await readCluster(folder, name);
  const file = tokenFile(entry);
  if (file === undefined) throw notInFile(name, variableOf(entry));
  return await withClusterLock({ folder, name, work: `rotate-token ${name}` }, async () => {
    const { client, settings } = await openRegistered(entry, environment);
    await client.close();
    const files = await filesOf(folder, name, file);
    const clusters = await holdersOf(folder, { file: files.token, token: settings.token }, environment);
    const clients = new Clients(settings);
    try {
      return await rotateToken({
        files,
        as: (token) => clients.of({ token: { value: token } }),
        maker: (token) => clients.of(account === undefined ? { token: { value: token } } : login(account)),
        settled: async () => await settled(wish, files, clusters),
        keepOld: wish.keepOld,
        ...(wish.done === undefined ? {} : { done: wish.done }),
      });
    } finally {
      await clients.close();
    }
  });
}

function variableOf({ inputs: { token } }: RegisteredCluster): string {
  const name = isProperties(token) ? token["env"] : undefined;
  return typeof name === "string" ? name : "";
}

function login({ username, password }: Account): Credentials {
  return { username, password: { value: password } };
}

async function settled(
  { cluster, environment, grace = 10_000, signal, tell }: RotationWish,
  { token }: RotationFiles,
  clusters: readonly string[],
): Promise<void> {
  // The swap is the last change of the file's place; what it says was written before, while the old one still counted.
  const { ctimeMs } = await stat(token);
  const left = Math.min(grace, grace - (Date.now() - ctimeMs));
  if (left > 0) await sleep(left, undefined, { signal });
  await waitForRuns({
    clusters,
    home: stateHome(environment),
    who: `coppice cluster rotate-token ${cluster}`,
    signal,
    waits: ({ project, stack }, holder) =>
      tell(`Waiting for the run of ${project}/${stack} by ${holder?.who ?? "somebody"} to end`),
  });
}

/** Clients of one cluster, one for each that speaks to it. */
class Clients {
  readonly #settings: ClusterSettings;
  readonly #open = new Map<string, PveClient>();

  constructor(settings: ClusterSettings) {
    this.#settings = settings;
  }

  of(credentials: Credentials): PveClient {
    const key = JSON.stringify(credentials);
    const known = this.#open.get(key) ?? this.#connect(credentials);
    this.#open.set(key, known);
    return known;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((client) => client.close()));
  }

  #connect(credentials: Credentials): PveClient {
    const { name, endpoint, caFile, fingerprint } = this.#settings;
    const tls = {
      ...(caFile === undefined ? {} : { caFile }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    };
    return new PveClient({ name, endpoint, tls, credentials });
  }
}
