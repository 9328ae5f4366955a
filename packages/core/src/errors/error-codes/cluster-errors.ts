import type { ErrorTable } from "./error-description.ts";

/** The registry of clusters. */
export const clusterErrors = {
  "cluster.busy": {
    audience: "user",
    status: 409,
    meaning: "Another command changes the entry of that cluster.",
    wayOut: "Wait for the one that is named, and give the command again",
  },
  "cluster.exists": {
    audience: "user",
    status: 409,
    meaning: "A cluster of that name is registered.",
    wayOut: "Choose another name, or remove that entry first",
  },
  "cluster.in-use": {
    audience: "user",
    status: 409,
    meaning: "Stacks still hold something on the cluster.",
    wayOut: "Destroy what is named, then remove the cluster",
  },
  "cluster.rotation": {
    audience: "user",
    status: 409,
    meaning: "The cluster's API token cannot be replaced as things are.",
    wayOut: "Do what the message says; until then the old token counts",
  },
  "cluster.unknown": {
    audience: "user",
    status: 404,
    meaning: "No cluster of that name is registered.",
    wayOut: "Choose one that `coppice cluster list` shows, or register it by `coppice cluster add`",
  },
} as const satisfies ErrorTable;
