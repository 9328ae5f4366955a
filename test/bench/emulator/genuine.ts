/**
 * Milliseconds on a genuine node: medians of a directory storage on 2 vCPU, measured by a client outside the node.
 * Lists of 25 are what 25 at once take in all; `byFour` is 25 removals with four at once.
 */
export const genuine = {
  "8.4": {
    get: 4,
    create: 140,
    putConfig: 21,
    postConfig: 54,
    linkedClone: 150,
    creates: 2100,
    clones: 3100,
    deletes: 1500,
    byFour: 25 * 91,
  },
  "9.2": {
    get: 4,
    create: 154,
    putConfig: 29,
    postConfig: 69,
    linkedClone: 248,
    creates: 2300,
    clones: 3800,
    deletes: 2200,
    byFour: 25 * 105,
  },
} as const;
