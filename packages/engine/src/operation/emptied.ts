import { isProperties, type Properties } from "@coppice/core";
import type { Description } from "../documents/description.ts";
import { isClass } from "../documents/is-class.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";

/** What says where a class is and what its seats stand on, and nothing of a single seat. */
const PLACE = ["cluster", "template", "storage", "vmids", "nodes", "pool", "teacher", "generation"] as const;

/** A class as it was given last, without seats. What has no seats stays as it was given, so that all of it is known. */
export function emptied({ kind, name, inputs }: RecordedDocument): Description {
  if (!isClass(kind)) return { kind, name, inputs };
  const place: Properties = Object.fromEntries(
    PLACE.flatMap((key) => {
      const value = inputs[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  return { kind, name, inputs: { ...place, ...publishOf(inputs), seats: 0, empty: true } };
}

function publishOf({ publish }: Properties): Properties {
  if (!isProperties(publish)) return {};
  const { generation = null, from = null } = publish;
  return { publish: { generation, from } };
}
