import { LabClass } from "@coppice/components";

const lab = new LabClass("networks-101", {
  template: { vmid: 9000 },
  seats: 25,
  teacher: true,
  hardware: { cores: 2, memory: "2GiB" },
  storage: "nas",
  vmids: { from: 20000, to: 20999 },
  cloudInit: { user: "student" },
  start: "after-create",
});

/** Where every machine is. */
export const seats = lab.seats;

/** Where the teacher's machine is. */
export const teacher = lab.teacher;
