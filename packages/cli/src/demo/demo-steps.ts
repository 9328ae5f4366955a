import type { Screen } from "../output/screen.ts";
import { classDocument } from "./class-document.ts";
import type { DemoStage } from "./demo-stage.ts";
import { seatTable } from "./seat-table.ts";
import { tenantDocuments } from "./tenant-documents.ts";

/** One step of the demo. */
export type DemoStep = (stage: DemoStage, screen: Screen) => Promise<void>;

const UP = ["up", "--yes"];
/** As `coppice pulumi destroy` runs it: only where the machines are read does its preview say what goes. */
const DESTROY = ["destroy", "--yes", "--refresh", "--suppress-outputs"];
const PUBLISH = [
  "publish: {",
  "  generation: 2,",
  '  from: "teacher",',
  '  policyOf: { "seat-07": "keep", "seat-12": "keep" },',
  "},",
];
const RESET = 'reset: { "seat-03": "its owner broke it on Tuesday" },';

const deploy: DemoStep = async (stage, screen) => {
  screen.heading("A class of 25, and a machine for its teacher");
  screen.line("  This program describes them; `pulumi up` says what it will do, and does it:");
  await stage.edit({ seats: 25 });
  await stage.pulumi("make 26 machines", ...UP);
  screen.line("  Each disk holds what its machine changes; all else is the template's:");
  screen.block(seatTable(await stage.disks()));
};

const asDocument: DemoStep = async (stage, screen) => {
  screen.heading("The same class as a document");
  screen.line("  Who writes no programs writes this file. `coppice up` would make what it");
  screen.line("  describes, and finds it made, since this is the same stack:");
  await stage.preview("find nothing to do", {
    file: "class.yaml",
    documents: classDocument({ seats: 25 }),
  });
};

const judge: DemoStep = async (stage, screen) => {
  screen.heading("A class of a tenant that has limits and pays");
  screen.line("  A preview judges it: what it leaves of the limits, what it costs, what it");
  screen.line("  risks, and a digest with which just this can be agreed to. Nothing is made:");
  const file = "tenant.yaml";
  await stage.preview("judge 25 seats", { file, documents: tenantDocuments({ seats: 25 }) });
  screen.line("  One seat more than the tenant may have is refused, before anything is made:");
  await stage.preview("refuse a seat too many", {
    file,
    documents: tenantDocuments({ seats: 26 }),
    refused: true,
  });
};

const grow: DemoStep = async (stage, screen) => {
  screen.heading("Five more students");
  await stage.edit({ seats: 30 });
  await stage.pulumi("make 5 more", ...UP);
};

const publish: DemoStep = async (stage, screen) => {
  screen.heading("The teacher has installed something: everybody gets it");
  screen.line("  Here a megabyte is written to the teacher's disk, on the node:");
  screen.command(await stage.writeToTeacher());
  screen.line("  That disk becomes generation 2. Two seats keep the machine that they have:");
  await stage.edit({ seats: 30, more: PUBLISH });
  await stage.pulumi("publish generation 2 to 28 seats", ...UP);
  screen.block(seatTable(await stage.disks(["seat-06", "seat-07", "seat-08", "seat-12"])));
};

const reset: DemoStep = async (stage, screen) => {
  screen.heading("One student starts over");
  await stage.edit({ seats: 30, more: [...PUBLISH, RESET] });
  await stage.pulumi("reset one seat", ...UP);
};

const destroy: DemoStep = async (stage, screen) => {
  screen.heading("The term is over");
  await stage.pulumi("remove everything", ...DESTROY);
  const { stdout } = await stage.emulator.shell(
    "pve1",
    "ls -x /etc/pve/nodes/*/qemu-server/*.conf /mnt/pve/nas/images",
  );
  screen.line("  What is left on the cluster: the template, as it was.");
  screen.block(stdout.trim().split("\n"));
};

/** The steps in their order; with `keep`, all but the last. */
export function demoSteps(keep: boolean): readonly DemoStep[] {
  const steps = [deploy, asDocument, judge, grow, publish, reset];
  return keep ? steps : [...steps, destroy];
}
