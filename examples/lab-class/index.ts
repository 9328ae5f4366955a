import { LabClass } from "@coppice/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();

const lab = new LabClass("networks-101", {
  template: { vmid: config.getNumber("template") ?? 9000 },
  seats: config.getNumber("seats") ?? 25,
  teacher: true,
  hardware: { cores: 2, memory: "2GiB" },
  storage: config.get("storage") ?? "nas",
  vmids: { from: 20000, to: 20999 },
  cloudInit: { user: "student" },
});

/** Where every machine is. */
export const seats = lab.seats;

/** Where the teacher's machine is. */
export const teacher = lab.teacher;
