import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SmallCluster, smallCluster } from "../storage/fixtures/small-cluster.ts";
import { volumes } from "../storage/volumes/volumes.ts";
import type { NodeCommand } from "./commands/node-command.ts";
import { Shells } from "./shells.ts";
import { makeSshKey } from "./ssh-key.ts";

const run = promisify(execFile);
let small: SmallCluster;
let shells: Shells;
let home: string;
const seen: NodeCommand[] = [];

beforeEach(async () => {
  small = smallCluster();
  home = mkdtempSync(join(tmpdir(), "coppice-client-"));
  const key = makeSshKey("client");
  writeFileSync(join(home, "key"), key.privateKey, { mode: 0o600 });
  seen.length = 0;
  shells = await Shells.open(small.cluster, {
    authorizedKeys: [key.publicKey],
    commands: () => async (command, output) => {
      seen.push(command);
      output.out("to out\n");
      output.err("to err\n");
      return 7;
    },
  });
  writeFileSync(
    join(home, "known"),
    ["pve1", "pve2"].map((node) => `[127.0.0.1]:${shells.port(node)} ${shells.hostKey(node)}\n`).join(""),
  );
});

afterEach(async () => {
  await shells.close();
  small[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

function options(node: string, portFlag: "-p" | "-P"): string[] {
  const settings = {
    UserKnownHostsFile: join(home, "known"),
    StrictHostKeyChecking: "yes",
    IdentitiesOnly: "yes",
    BatchMode: "yes",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  return ["-F", "none", "-i", join(home, "key"), portFlag, String(shells.port(node)), ...flags];
}

async function ssh(node: string, command: string): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return {
      code: 0,
      ...(await run("ssh", [...options(node, "-p"), "root@127.0.0.1", command], { timeout: 20_000 })),
    };
  } catch (error) {
    // as: execFile rejects with the outcome of the program.
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
  }
}

describe("a node's shell over OpenSSH", () => {
  test("is the node: name, cluster files, disks, its own process table", async () => {
    small.cluster.files.write("nodes/pve1/qemu-server/100.conf", "memory: 64\n");
    // As joining does.
    small.cluster.files.makeGuestFolders("pve2");
    const { stdout } = await ssh(
      "pve1",
      "hostname; cat /etc/pve/qemu-server/100.conf; ls /etc/pve/nodes; id -un; [ $(ls -d /proc/[0-9]* | wc -l) -lt 30 ] && echo own",
    );
    expect(stdout.split("\n")).toEqual(["pve1", "memory: 64", "pve1", "pve2", "root", "own", ""]);
  });

  test("makes disks that the API sees, on local and shared storages", async () => {
    const script =
      "mkdir -p /var/lib/vz/images/100 /mnt/nas/images/100; for d in /var/lib/vz /mnt/nas; do qemu-img create -q -f qcow2 $d/images/100/vm-100-disk-0.qcow2 1M; done; qemu-img info -U /mnt/nas/images/100/vm-100-disk-0.qcow2 | head -1";
    expect(await ssh("pve1", script)).toMatchObject({
      code: 0,
      stdout: "image: /mnt/nas/images/100/vm-100-disk-0.qcow2\n",
    });
    const all = volumes(small.cluster);
    expect((await all.list(small.node, "local")).map((entry) => entry.volid)).toEqual([
      "local:100/vm-100-disk-0.qcow2",
    ]);
    expect((await all.list(small.other, "nas")).map((entry) => entry.volid)).toEqual([
      "nas:100/vm-100-disk-0.qcow2",
    ]);
    shells.collect();
    expect(small.cluster.counters.get("process:qemu-img")).toBe(3);
  });

  test("shows the API config files made by hand, also exclusively, as soon as the command has ended", async () => {
    const { stdout } = await ssh(
      "pve1",
      "cd /etc/pve/nodes/pve1/qemu-server; echo 'memory: 64' >x.tmp; mv -n x.tmp 200.conf; set -C; (echo a >200.conf) || echo refused",
    );
    expect(stdout).toBe("refused\n");
    shells.settle();
    expect(small.cluster.files.read("nodes/pve1/qemu-server/200.conf")).toBe("memory: 64\n");
  });

  test("answers commands of the node from the emulator, with both outputs and the exit code", async () => {
    expect(await ssh("pve1", "cd /tmp; qm create 100 --name 'a b'")).toMatchObject({
      code: 7,
      stdout: "to out\n",
      stderr: "to err\n",
    });
    // Without root the node's root is whoever runs the emulator.
    const uid = process.getuid?.();
    expect(seen).toEqual([{ name: "qm", uid, folder: "/tmp", args: ["create", "100", "--name", "a b"] }]);
  });

  test("takes files by scp and sftp", async () => {
    writeFileSync(join(home, "file.iso"), "image");
    mkdirSync(join(small.node.root, "var/lib/vz/template/iso"), { recursive: true });
    await run(
      "scp",
      [...options("pve1", "-P"), join(home, "file.iso"), "root@127.0.0.1:/var/lib/vz/template/iso/"],
      { timeout: 20_000 },
    );
    expect((await volumes(small.cluster).list(small.node, "local")).map((entry) => entry.volid)).toEqual([
      "local:iso/file.iso",
    ]);
    writeFileSync(join(home, "batch"), "ls /etc/pve\n");
    const { stdout } = await run(
      "sftp",
      [...options("pve1", "-P"), "-b", join(home, "batch"), "root@127.0.0.1"],
      { timeout: 20_000 },
    );
    expect(stdout).toContain("/etc/pve/nodes");
  });

  test("keeps nodes apart, but not what they share", async () => {
    await ssh("pve1", "echo 1 >/root/mine; echo 2 >/etc/pve/ours");
    expect(await ssh("pve2", "cat /root/mine /etc/pve/ours")).toMatchObject({ code: 1, stdout: "2\n" });
  });

  test("refuses a key that nobody authorized", async () => {
    writeFileSync(join(home, "key"), makeSshKey("stranger").privateKey, { mode: 0o600 });
    expect((await ssh("pve1", "true")).code).toBe(255);
    expect(small.cluster.counters.get("ssh:logins")).toBe(0);
  });

  test("leaves no process behind that has ended, however often somebody was there", async () => {
    for (const command of ["true", "exit 3", "sleep 0 & exit"]) await ssh("pve1", command);
    await expect.poll(endedButKept).toEqual([]);
    // What is run inside still tells how it ended.
    expect((await ssh("pve1", "exit 3")).code).toBe(3);
  });

  test("ends with everything it started when the emulator stops", async () => {
    await ssh("pve1", "nohup sleep 987 >/dev/null 2>&1 & echo started");
    await shells.close();
    const running = readdirSync("/proc").filter(
      (pid) => /^\d+$/.test(pid) && commandLine(pid).startsWith("sleep\u0000987"),
    );
    expect(running).toEqual([]);
    shells = await Shells.open(small.cluster, { commands: () => async () => 0 });
  });
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // The process ended meanwhile.
  }
}

/** Processes below this one that have ended and that nobody has taken away. */
function endedButKept(): string[] {
  const parents = new Map(
    readdirSync("/proc").flatMap((pid) => (/^\d+$/.test(pid) ? [[pid, statusOf(pid)] as const] : [])),
  );
  const isOurs = (pid: string): boolean =>
    pid === String(process.pid) || (parents.has(pid) && isOurs(parents.get(pid)?.parent ?? ""));
  return [...parents].flatMap(([pid, { name, state }]) => (state === "Z" && isOurs(pid) ? [name] : []));
}

function statusOf(pid: string): { name: string; state: string; parent: string } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, name = "", state = "", parent = ""] = /\((.*)\) (\S) (\d+)/s.exec(text) ?? [];
    return { name, state, parent };
  } catch {
    return { name: "", state: "", parent: "" }; // The process ended meanwhile.
  }
}
