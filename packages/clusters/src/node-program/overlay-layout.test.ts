import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { image, make, NodeFolder } from "./fixtures/node-folder.ts";
import { nodeInput } from "./node-program.ts";

/** A folder whose qemu-img says that it is of another version, and is this machine's. */
function toolsOf(home: string, version: string): string {
  const here = execFileSync("sh", ["-c", "command -v qemu-img"], { encoding: "utf8" }).trim();
  const tools = join(home, "tools");
  mkdirSync(tools);
  const script = `#!/bin/sh\n[ "$1" = --version ] && echo 'qemu-img version ${version}' && exit\nexec ${here} "$@"\n`;
  writeFileSync(join(tools, "qemu-img"), script, { mode: 0o755 });
  return tools;
}

test.each([
  ["10.0.2 (pve-qemu-kvm_10.0.2-4)", "true", 131_072],
  ["5.2.0 (pve-qemu-kvm_5.2.0)", "true", 131_072],
  ["5.1.0 (pve-qemu-kvm_5.1.0)", "false", 65_536],
])("QEMU %s: overlays take small writes in small places where it can", (version, extended, size) => {
  using node = new NodeFolder();
  const path = `${toolsOf(node.home, version)}:${process.env["PATH"]}`;
  const seats = [make(20_000), make(20_001)];
  spawnSync("perl", ["-"], {
    input: nodeInput([...node.head(), ...seats]),
    env: { ...process.env, PATH: path },
  });
  // The first is qemu-img's, the second a copy of it.
  for (const vmid of [20_000, 20_001]) {
    const overlay = join(node.images, String(vmid), `vm-${vmid}-disk-0.qcow2`);
    image("check", "-q", overlay);
    const info = image("info", overlay);
    expect(info).toContain(`extended l2: ${extended}`);
    expect(info).toContain(`cluster_size: ${size}`);
    expect(statSync(overlay).blocks * 512).toBeLessThanOrEqual(16_384);
  }
});
