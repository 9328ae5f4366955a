/** The resources that take something of a cluster, by the engine's word for each. */
export const partTypes = {
  pool: "coppice:index:OverlayPool",
  generation: "coppice:index:BaseGeneration",
} as const;
