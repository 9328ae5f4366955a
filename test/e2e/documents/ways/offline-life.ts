import { machineFacts } from "../machine-facts.ts";
import { documentWay } from "./document-way.ts";
import { programWay, stackWay } from "./pulumi-ways.ts";

/** Makes a class by every way and prints, as JSON, how each ended and which machines it made. */
const lab = {
  kind: "LabClass",
  version: 1,
  template: { vmid: 9000 },
  seats: 2,
  storage: "nas",
  vmids: { from: 20_000, to: 20_099 },
};

const ways = await Promise.all([documentWay(), stackWay(), programWay()]);
const lives = ways.map(async (way) => {
  await way.declare({ lab });
  const { code, said } = await way.startUp().finished();
  const machines = [...machineFacts(way.emulator).keys()];
  await way.remove();
  return { name: way.name, code, machines, ...(code !== 0 && { said }) };
});
console.info(JSON.stringify(await Promise.all(lives)));
