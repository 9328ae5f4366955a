import { isProperties, type Properties } from "@coppice/core";
import type { Description } from "../documents/description.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";

/** What says where a class is and what its seats stand on, and nothing of a single seat. */
const PLACE = ["cluster", "template", "storage", "vmids", "nodes", "pool", "teacher", "generation"] as const;

/** A class as it was given last, without seats. */
export function emptied({ kind, name, inputs }: RecordedDocument): Description {
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
