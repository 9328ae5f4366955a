import { isProperties, type Properties } from "@coppice/core";

/** A description whose generation is the one that is there now, and which that is where it differs from the wanted one. */
export interface UndoGeneration {
  readonly inputs: Properties;
  /** Absent where the wanted version is on the same generation. */
  readonly stays?: number;
}

/**
 * Generations count upwards and never change: a description that goes back keeps the one that is there now, with what it was
 * made from. All else that is said about publications goes back.
 */
export function undoGeneration(kind: string, wanted: Properties, declared: Properties): UndoGeneration {
  return kind === "OverlayVmPool" ? ofPool(wanted, declared) : ofClass(wanted, declared);
}

/** The generation that a description declares. */
export function generationIn(kind: string, { generation, publish }: Properties): number {
  const said = kind === "OverlayVmPool" ? generation : isProperties(publish) && publish["generation"];
  return typeof said === "number" ? said : 1;
}

function ofPool(wanted: Properties, declared: Properties): UndoGeneration {
  const { generation: former = 1 } = wanted;
  const { generation: now = 1, template } = declared;
  if (former === now || typeof now !== "number" || template === undefined) return { inputs: wanted };
  return { inputs: { ...wanted, template, generation: now }, stays: now };
}

function ofClass(wanted: Properties, declared: Properties): UndoGeneration {
  const { publish: former } = wanted;
  const { publish: now } = declared;
  if (!isProperties(now)) return { inputs: wanted };
  const { generation, from } = now;
  if (typeof generation !== "number" || from === undefined) return { inputs: wanted };
  if (isProperties(former) && former["generation"] === generation) return { inputs: wanted };
  const publish = { ...(isProperties(former) ? former : now), generation, from };
  // What is published from the teacher's machine needs that machine.
  const inputs = { ...wanted, publish, ...(from === "teacher" && { teacher: true }) };
  return { inputs, stays: generation };
}
