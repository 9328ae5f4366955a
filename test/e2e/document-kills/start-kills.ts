import { expect } from "vitest";
import { KillLab } from "./kill-lab.ts";
import { firstDocument } from "./operations.ts";
import { type Look, startLooking } from "./what-is-wrong.ts";

/** A lab that goes back to nothing or to a class of four, and who looks what is wrong there. */
export async function startKills(): Promise<{ readonly kills: KillLab; readonly look: Look }> {
  const kills = await KillLab.start();
  await kills.lab.write("class.yaml", firstDocument);
  await kills.keep("nothing");
  expect(await kills.lab.run("up", "class.yaml", "--yes")).toMatchObject({ code: 0 });
  await kills.keep("class");
  return { kills, look: await startLooking(kills.lab) };
}
