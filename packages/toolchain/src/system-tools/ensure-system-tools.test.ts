import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FakeMachine, fakeMachine } from "../fixtures/fake-machine.ts";
import { ensureSystemTools } from "./ensure-system-tools.js";

const debian = 'ID=debian\nVERSION_ID="12"\n';
const ubuntu = "ID=ubuntu\nID_LIKE=debian\n";

function machineWith(osRelease: string, { lists = true } = {}): FakeMachine {
  const machine = fakeMachine();
  writeFileSync(join(machine.folder, "os-release"), osRelease);
  mkdirSync(join(machine.folder, "apt-lists"));
  if (lists)
    writeFileSync(join(machine.folder, "apt-lists", "deb.debian.org_main_binary-amd64_Packages"), "");
  machine.program("apt-get");
  return machine;
}

test("nothing is called when both tools are there, sshd outside PATH", async () => {
  using machine = machineWith(debian);
  machine.program("qemu-img");
  mkdirSync(join(machine.folder, "sbin"));
  writeFileSync(join(machine.folder, "sbin", "sshd"), "", { mode: 0o755 });
  await ensureSystemTools(machine.host({ uid: 1000 }));
  expect(machine.calls()).toEqual([]);
});

describe("as root on Debian and Ubuntu", () => {
  test.each([debian, ubuntu])("the missing packages are installed (%j)", async (osRelease) => {
    using machine = machineWith(osRelease);
    await ensureSystemTools(machine.host({ uid: 0 }));
    expect(machine.calls()).toEqual(["apt-get install -y --no-install-recommends qemu-utils openssh-server"]);
  });

  test("only the missing one is installed, and empty package lists are fetched first", async () => {
    using machine = machineWith(debian, { lists: false });
    machine.program("qemu-img");
    await ensureSystemTools(machine.host({ uid: 0 }));
    expect(machine.calls()).toEqual([
      "apt-get update",
      "apt-get install -y --no-install-recommends openssh-server",
    ]);
  });

  test("a failure shows what apt-get said and the command to type", async () => {
    using machine = machineWith(debian);
    machine.program("apt-get", "echo 'E: Unable to locate package' >&2; exit 100");
    const failure = ensureSystemTools(machine.host({ uid: 0 }));
    await expect(failure).rejects.toThrow(
      /Unable to locate package.*\nType: apt-get update && apt-get install/s,
    );
  });
});

describe("anyone else gets the exact command, and nothing is called:", () => {
  test.each([
    ["a user on Debian", debian, 1000, "Type: sudo apt-get install -y qemu-utils openssh-server"],
    ["root on Fedora", "ID=fedora\n", 0, "Type: dnf install -y qemu-img openssh-server"],
    [
      "a user on an unknown system",
      "ID=plan9\n",
      1000,
      "Install qemu-img and sshd with your package manager.",
    ],
  ])("%s", async (_who, osRelease, uid, command) => {
    using machine = machineWith(osRelease);
    await expect(ensureSystemTools(machine.host({ uid }))).rejects.toThrow(command);
    expect(machine.calls()).toEqual([]);
  });

  test("a Mac is told that the emulator needs Linux", async () => {
    using machine = machineWith("");
    const failure = ensureSystemTools(machine.host({ uid: 501, platform: "darwin" }));
    await expect(failure).rejects.toThrow("the emulator runs on Linux only");
  });
});
