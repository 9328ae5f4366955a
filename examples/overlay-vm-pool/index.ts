import { OverlayVmPool } from "@coppice/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();

const runners = new OverlayVmPool("runners", {
  template: { vmid: config.getNumber("template") ?? 9000 },
  roster: ["lint", "unit", "browser", "release"],
  storage: config.get("storage") ?? "nas",
  vmids: { from: 30000, to: 30099 },
  tags: ["ci"],
  dataDisk: { size: "8GiB" },
});

/** Where every machine is. */
export const machines = runners.seats;
