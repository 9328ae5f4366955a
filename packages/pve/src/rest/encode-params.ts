/** A parameter's value; `undefined` leaves the parameter out, a list repeats it. */
export type ParamValue = string | number | boolean | undefined | readonly (string | number)[];

/** Parameters of a call. */
export type Params = Readonly<Record<string, ParamValue>>;

/**
 * Encodes parameters as a form or query. Proxmox takes only 0 and 1 for booleans in forms; a repeated
 * key becomes a list, which it joins by comma where the schema wants a `-list` (pve-http-server).
 */
export function encodeParams(params: Params = {}): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    for (const item of isList(value) ? value : [value])
      form.append(name, typeof item === "boolean" ? (item ? "1" : "0") : String(item));
  }
  return form.toString();
}

function isList(value: ParamValue): value is readonly (string | number)[] {
  return Array.isArray(value);
}

const secretNames = /pass|secret|token|ticket|private|otp/i;

/** The values of parameters whose names say that they are secret, so that errors can leave them out. */
export function secretParams(params: Params = {}): string[] {
  return Object.entries(params).flatMap(([name, value]) =>
    secretNames.test(name) && typeof value === "string" ? [value] : [],
  );
}
