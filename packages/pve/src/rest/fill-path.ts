import { PveError } from "../errors/pve-error.ts";

/** Values for the `{name}` places of a path. */
export type PathValues = Readonly<Record<string, string | number>>;

/**
 * Fills a path template; the only place where a value becomes part of a path.
 *
 * @example fillPath("/nodes/{node}/qemu/{vmid}/config", { node: "pve1", vmid: 100 })
 */
export function fillPath(template: string, values: PathValues = {}): string {
  return template.replaceAll(/\{([a-z][a-zA-Z]*)\}/g, (_place, name: string) =>
    segment(template, name, values[name]),
  );
}

function segment(template: string, name: string, value: string | number | undefined): string {
  const text = value === undefined ? "" : String(value);
  // A dot segment would be resolved away by the URL parser and reach another path.
  if (text === "" || text === "." || text === "..") {
    const why =
      value === undefined ? "no value was given" : `${JSON.stringify(text)} cannot be a part of a path`;
    throw new PveError("pve.invalid-path", { what: `{${name}} of ${template} cannot be filled`, why });
  }
  return encodeURIComponent(text);
}
