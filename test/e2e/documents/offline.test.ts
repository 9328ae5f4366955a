import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const life = fileURLToPath(new URL("ways/offline-life.ts", import.meta.url));
/** Root needs no namespace of users, in which others have no owners. */
const asWhom = process.getuid?.() === 0 ? [] : ["--map-current-user", "--keep-caps"];
const inNetworkOfItsOwn = (command: string) =>
  ["unshare", [...asWhom, "--net", "sh", "-c", `ip link set lo up && ${command}`]] as const;

const can = spawnSync(...inNetworkOfItsOwn("true")).status === 0;

test("classes are made by every way where there is no network but the machine's own", async ({ skip }) => {
  skip(!can, "this machine gives no network of its own (unshare --net, ip)");
  const { stdout } = await promisify(execFile)(...inNetworkOfItsOwn(`exec '${process.execPath}' '${life}'`));
  const made = { code: 0, machines: ["lab-seat-01", "lab-seat-02"] };
  expect(JSON.parse(stdout)).toMatchObject([made, made, made]);
}, 180_000);
