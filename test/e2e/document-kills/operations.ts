/** What is done to a class that a document describes. */
export interface Operation {
  readonly from: "nothing" | "class";
  /** The document that is wanted. */
  readonly document: string;
  readonly command: readonly string[];
  /** The machines that must be there afterwards. */
  readonly machines: readonly string[];
}

const classOf = (seats: number, more = "") => `\
kind: LabClass
version: 1
name: lab
cluster: main
template: { vmid: 9000 }
seats: ${seats}
storage: nas
${more}`;

/** The document whose class every later operation starts from. It leaves its numbers to be chosen. */
export const firstDocument = classOf(4);

const four = ["20001 lab-seat-01", "20002 lab-seat-02", "20003 lab-seat-03", "20004 lab-seat-04"];
const up = ["up", "class.yaml", "--yes"];

/** The operations. */
export const operations = {
  make: { from: "nothing", document: firstDocument, command: up, machines: four },
  shrink: { from: "class", document: classOf(2), command: up, machines: four.slice(0, 2) },
  publish: {
    from: "class",
    document: classOf(4, "publish: { generation: 2, from: { vmid: 9001 } }\n"),
    command: up,
    machines: four,
  },
  reset: {
    from: "class",
    document: firstDocument,
    command: ["reset", "class.yaml", "seat-02", "--yes"],
    machines: four,
  },
  destroy: {
    from: "class",
    document: firstDocument,
    command: ["destroy", "class.yaml", "--yes"],
    machines: [],
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** The name of an operation. */
export type OperationName = keyof typeof operations;
