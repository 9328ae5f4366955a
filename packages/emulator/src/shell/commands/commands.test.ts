import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../start/start-emulator.ts";
import { parseArguments } from "./parse-arguments.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ nodes: 1, seed: "bare" });
});

afterAll(async () => {
  await emulator.stop();
});

const node = (command: string) => emulator.shell("pve1", command);

describe("qm", () => {
  test("prints nothing at all when there is no guest", async () => {
    expect(await node("qm list")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("creates, changes, shows and lists a guest", async () => {
    const made = await node("qm create 100 --name seat --memory 64 --scsi0 local:1,format=qcow2");
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toContain(
      "scsi0: successfully created disk 'local:100/vm-100-disk-0.qcow2,size=1G'\n",
    );
    expect(await node("qm set 100 --description byhand")).toMatchObject({
      code: 0,
      stdout: "update VM 100: -description byhand\n",
    });
    const { stdout } = await node("qm config 100");
    expect(stdout).toContain("description: byhand\n");
    expect(stdout).toContain("name: seat\n");
    expect((await node("qm list")).stdout).toBe(
      "      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       \n" +
        "       100 seat                 stopped    64                 1.00 0         \n",
    );
    expect(await node("qm status 100")).toMatchObject({ stdout: "status: stopped\n" });
  });

  test("fails before the task with the API's text, a code that is not 0, and nothing on its output", async () => {
    expect(await node("qm config 999")).toEqual({
      code: 2,
      stdout: "",
      stderr: "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist\n",
    });
    const bad = await node("qm create 101 --cores many");
    expect(bad).toMatchObject({ code: 255, stdout: "" });
    expect(bad.stderr).toBe(
      "400 Parameter verification failed.\ncores: type check ('integer') failed - got 'many'\nqm create <vmid> [OPTIONS]\n",
    );
    expect((await node("qm frobnicate")).code).toBe(255);
  });

  test("fails with 255 when its task does, except for template, which never tells", async () => {
    await node("qm start 100");
    expect(await node("qm start 100")).toMatchObject({ code: 255, stderr: "VM 100 already running\n" });
    expect((await node("qm resize 100 scsi0 1M")).code).toBe(0);
    await node("qm stop 100");
  });

  test("imports a disk with the line that other programs look for", async () => {
    const { stdout } = await node(
      "qemu-img create -q -f qcow2 /tmp/cloud.qcow2 3M && qm disk import 100 /tmp/cloud.qcow2 local",
    );
    expect(stdout).toContain("unused0: successfully imported disk 'local:100/vm-100-disk-1.raw'\n");
    expect((await node("qm config 100")).stdout).toContain("unused0: local:100/vm-100-disk-1.raw\n");
  });

  test("finds images that no config names", async () => {
    const make = "qemu-img create -q -f qcow2 /var/lib/vz/images/100/vm-100-disk-7.qcow2 1M";
    expect((await node(`${make}; qm rescan --vmid 100`)).stdout).toBe(
      "rescan volumes...\nVM 100 add unreferenced volume 'local:100/vm-100-disk-7.qcow2' as 'unused1' to config\n",
    );
    expect((await node("qm rescan --vmid 100")).stdout).toBe("rescan volumes...\n");
  });
});

describe("pvesm", () => {
  test("tells the way to a volume, makes and frees one", async () => {
    expect(await node("pvesm path local:100/vm-100-disk-0.qcow2")).toMatchObject({
      stdout: "/var/lib/vz/images/100/vm-100-disk-0.qcow2\n",
    });
    expect(await node("pvesm alloc local 300 vm-300-disk-0.raw 1M")).toMatchObject({
      stdout: "successfully created 'local:300/vm-300-disk-0.raw'\n",
    });
    expect((await node("pvesm list local --vmid 300")).stdout.split("\n")[1]).toBe(
      "local:300/vm-300-disk-0.raw raw     images    1048576 300",
    );
    expect(await node("pvesm free local:300/vm-300-disk-0.raw")).toMatchObject({
      code: 0,
      stdout: "Removed volume 'local:300/vm-300-disk-0.raw'\n",
    });
    expect((await node("pvesm status")).stdout).toMatch(
      /^Name +Type +Status +Total +Used +Available +%\nlocal +dir +active /,
    );
    expect((await node("pvesm path nosuch:1/a.raw")).stderr).toBe("storage 'nosuch' does not exist\n");
  });
});

describe("pvesh", () => {
  test("speaks JSON and does not tell a failed task by its exit code", async () => {
    const { stdout } = await node("pvesh get /nodes/localhost/qemu/100/status/current --output-format json");
    expect(JSON.parse(stdout)).toMatchObject({ vmid: 100, status: "stopped" });
    expect(
      await node("pvesh create /nodes/pve1/qemu/100/snapshot --snapname s1 --output-format json"),
    ).toMatchObject({ code: 0 });
    const twice = await node("pvesh delete /nodes/pve1/qemu/100/snapshot/nosuch");
    expect(twice.code).toBe(0);
    expect(await node("pvesh get /nothing")).toMatchObject({
      code: 255,
      stderr: "No 'get' handler defined for '/nothing'\n",
    });
  });
});

describe("a command line", () => {
  const table = { purge: { type: "boolean" }, name: { type: "string" } } as const;

  test("takes flags bare or with a value, and values that begin with a dash only after =", () => {
    expect([...parseArguments(["100", "--purge", "--name", "x"], ["vmid"], table)]).toEqual([
      ["purge", "1"],
      ["name", "x"],
      ["vmid", "100"],
    ]);
    expect(parseArguments(["100", "-purge", "0"], ["vmid"], table).get("purge")).toBe("0");
    expect(parseArguments(["100", "--name=-x"], ["vmid"], table).get("name")).toBe("-x");
  });

  test.each([
    [["--name"], "Option name requires an argument"],
    [[], "400 not enough arguments"],
    [["1", "2"], "400 too many arguments"],
  ])("%j is refused", (args, message) => {
    expect(() => parseArguments(args, ["vmid"], table)).toThrow(message);
  });
});
