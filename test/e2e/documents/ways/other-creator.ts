import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Emulator } from "@coppice/emulator";

/** Takes the next free number and makes a machine of it, until its input ends; prints how many it made. */
const program = `
const { URL: url, TOKEN: token } = process.env;
const headers = { authorization: "PVEAPIToken=" + token, "content-type": "application/json" };
let isOver = false;
process.stdin.on("end", () => { isOver = true; }).resume();
let made = 0;
do {
  const { data: vmid } = await (await fetch(url + "/api2/json/cluster/nextid", { headers })).json();
  const body = JSON.stringify({ vmid, name: "other-" + vmid, memory: 64 });
  const { ok } = await fetch(url + "/api2/json/nodes/pve2/qemu", { method: "POST", headers, body });
  if (ok) made += 1;
} while (!isOver);
console.log(made);
`;

/** A process of somebody else that makes machines on the cluster until it is told to end. */
export function otherCreator({ url, token, ca, cluster }: Emulator): { end(): Promise<number> } {
  const trusted = join(cluster.data, "other-ca.pem");
  writeFileSync(trusted, ca);
  const env = { URL: url, TOKEN: `${token.id}=${token.secret}`, NODE_EXTRA_CA_CERTS: trusted };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { env });
  const out = text(child.stdout);
  const err = text(child.stderr);
  return {
    end: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "close");
      const made = Number(await out);
      if (!(made > 0)) throw new Error(`nobody else made a machine: ${await err}`);
      return made;
    },
  };
}
