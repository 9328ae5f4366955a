import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Api } from "../../e2e/emulator-command/api.ts";
import { EmulatorProcess } from "../../e2e/emulator-command/emulator-process.ts";
import { timed } from "./clock-work.ts";

const run = promisify(execFile);

/** From the call of `startEmulator` in a fresh process, its modules loaded, to the first answer. */
export async function firstAnswerInProcess(): Promise<number> {
  const from = `${import.meta.dirname}/../../../packages/cli`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], {
    cwd: from,
    timeout: 60_000,
  });
  return Number(stdout);
}

const program = `
import { get } from "node:https";
import { startEmulator } from "@coppice/emulator";
const start = performance.now();
const { url, ca, token, stop } = await startEmulator();
const headers = { authorization: "PVEAPIToken=" + token.id + "=" + token.secret };
await new Promise((resolve, reject) => get(url + "/api2/json/version", { ca, headers }, (answer) => {
  if (answer.statusCode !== 200) throw new Error("status " + answer.statusCode);
  answer.resume().on("end", resolve);
}).on("error", reject));
process.stdout.write(String(performance.now() - start));
await stop();
`;

/** From typing `coppice emulator` to the first answer. */
export async function firstAnswerOfCommand(): Promise<number> {
  let emulator: EmulatorProcess | undefined;
  const time = await timed(async () => {
    emulator = await EmulatorProcess.start();
    await new Api(emulator).call("GET", "/version");
  });
  await emulator?.end();
  return time;
}
