import type { ConfigValues, GuestConfig } from "../../guests/config/guest-config.ts";
import { jsonValue, jsonValues } from "./json-values.ts";

const mask = "**********";

/** The configuration as `GET config` answers it: with pending changes applied, or as it is in force (`current`). */
export function shownConfig(config: GuestConfig, current: boolean): Record<string, string | number> {
  const values: ConfigValues = { ...config.values };
  if (!current) {
    Object.assign(values, config.pending);
    for (const key of config.pendingDelete.keys()) delete values[key];
  }
  return { ...hidden(jsonValues(values)), digest: config.digest };
}

/** A snapshot's configuration as `GET config?snapshot=` answers it. */
export function shownSnapshot(
  config: GuestConfig,
  values: Readonly<ConfigValues>,
): Record<string, string | number> {
  return { ...hidden(jsonValues(values)), digest: config.digest };
}

/** Replaces the cloud-init password, which is stored hashed anyway. */
export function hidden<T extends Record<string, string | number>>(values: T): T {
  return values["cipassword"] === undefined ? values : { ...values, cipassword: mask };
}

/** One row of `GET pending`. */
export interface PendingRow {
  readonly key: string;
  readonly value?: string | number;
  readonly pending?: string | number;
  readonly delete?: 1 | 2;
}

/** What is in force and what waits, option by option (pve-guest-common, config_with_pending_array). */
export function pendingRows(config: GuestConfig): PendingRow[] {
  const shown = (key: string, value: string) => (key === "cipassword" ? mask : jsonValue(key, value));
  const rows: PendingRow[] = [{ key: "digest", value: config.digest }];
  for (const [key, value] of Object.entries(config.values)) {
    const pending = config.pending[key];
    const force = config.pendingDelete.get(key);
    rows.push({
      key,
      value: shown(key, value),
      ...(pending === undefined ? {} : { pending: shown(key, pending) }),
      ...(force === undefined ? {} : { delete: force ? 2 : 1 }),
    });
  }
  for (const [key, value] of Object.entries(config.pending)) {
    if (config.values[key] === undefined) rows.push({ key, pending: shown(key, value) });
  }
  for (const [key, force] of config.pendingDelete) {
    if (config.values[key] === undefined) rows.push({ key, delete: force ? 2 : 1 });
  }
  return rows;
}
