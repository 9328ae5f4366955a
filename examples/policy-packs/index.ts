import { LabClass } from "@coppice/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();

const lab = new LabClass("networks-101", {
  template: { vmid: 9000 },
  seats: config.getNumber("seats") ?? 25,
  hardware: { cores: 2, memory: "2GiB" },
  storage: "nas",
  vmids: { from: 20000, to: 20999 },
  tenant: "acme",
  tags: ["owner-ada"],
  expires: config.require("expires"),
});

/** Where every machine is. */
export const seats = lab.seats;
