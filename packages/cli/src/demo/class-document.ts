import type { ClassWish } from "./class-program.ts";

/**
 * The class of the demo's program as a document: what a teacher would write.
 *
 * @example classDocument({ seats: 25 })
 */
export function classDocument({ seats }: Pick<ClassWish, "seats">): string {
  return `\
kind: LabClass
version: 1
name: networks-101
cluster: main
template: { vmid: 9000 }
seats: ${seats}
teacher: true
hardware: { cores: 2, memory: 2GiB }
storage: nas
vmids: { from: 20000, to: 20999 }
cloudInit: { user: student }
`;
}
