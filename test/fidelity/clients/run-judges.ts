import { missingAnsible, playAnsible } from "./ansible-judge.ts";
import { buildImages, packerProgram, packerSteps } from "./packer-judge.ts";
import { Stage } from "./story.ts";

async function onStage(pve: "8.4" | "9.2", work: (stage: Stage) => Promise<string[]>): Promise<string[]> {
  const stage = await Stage.open(pve);
  try {
    return [...(await work(stage)), ...(await stage.emulator.control.check())];
  } finally {
    await stage.close();
  }
}

async function ansible(pve: "8.4" | "9.2", say: (line: string) => void): Promise<string[]> {
  const missing = await missingAnsible();
  if (missing !== undefined) {
    say(`${pve} Ansible SKIPPED: ${missing}`);
    return [];
  }
  return await onStage(pve, async (stage) => {
    const ran = await playAnsible(stage);
    const failed = ran.filter((step) => step.includes(" failed: "));
    say(`${pve} Ansible: ${ran.length - failed.length} of ${ran.length} tasks that ran`);
    return failed;
  });
}

async function packer(pve: "8.4" | "9.2", say: (line: string) => void): Promise<string[]> {
  const built = await packerProgram(true);
  if ("reason" in built) {
    say(`${pve} Packer SKIPPED: ${built.reason}`);
    return [];
  }
  return await onStage(pve, async (stage) => {
    const said = await buildImages(stage, built.program);
    const missing = packerSteps.filter((step) => !said.includes(step));
    say(`${pve} Packer: ${packerSteps.length - missing.length} of ${packerSteps.length} steps`);
    return missing.map((step) => `Packer did not say '${step}'`);
  });
}

/** Lets Ansible and Packer judge a release; answers what went wrong. */
export async function runJudges(pve: "8.4" | "9.2", say: (line: string) => void): Promise<string[]> {
  return [...(await ansible(pve, say)), ...(await packer(pve, say))].map((problem) => `${pve} ${problem}`);
}
