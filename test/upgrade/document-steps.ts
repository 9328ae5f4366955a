/** What documents said whose home is recorded, one `coppice up` after the other; names of files are those beside them. */
export const documentSteps = {
  files: { password: "only-for-tests" },
  steps: [
    stepOf("spring", ""),
    stepOf("autumn", "publish: { generation: 2, from: teacher, policyOf: { grace: keep } }"),
  ],
};

function stepOf(tag: string, publish: string): string {
  return `\
kind: LabClass
version: 1
name: lab
cluster: main
template: { vmid: 9000 }
roster: [ada, grace, joan]
teacher: true
hardware: { cores: 2, memory: 2GiB }
storage: nas
pool: lab
tags: [${tag}]
cloudInit: { user: student, password: { file: password } }
${publish}
---
kind: OverlayVmPool
version: 1
name: runners
cluster: main
template: { vmid: 9000 }
seats: 2
storage: nas
dataDisk: { size: 1GiB }
---
kind: Pool
version: 1
name: exam
cluster: main
poolid: exam
`;
}
