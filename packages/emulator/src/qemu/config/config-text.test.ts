import { describe, expect, test } from "vitest";
import { draftOf, freshConfig } from "../../guests/config/guest-config.ts";
import { formatConfig } from "./format-config.ts";
import { parseConfig } from "./parse-config.ts";

const text = `#line one
#second%3A 50%25
boot: order=scsi0;net0
cores: 2
memory: 512
scsi0: local:900/vm-900-disk-0.qcow2,size=1G

[PENDING]
delete: !scsi3,vcpus
memory: 1024

[special:cloudinit]
ciuser: former

[s1]
#before the exam
cores: 1
snaptime: 1795208171
`;

describe("a guest's configuration file", () => {
  test("is taken apart into options, pending changes and snapshots", () => {
    const config = parseConfig(text);
    expect(config.values).toMatchObject({ cores: "2", description: "line one\nsecond: 50%" });
    expect(config.pending).toEqual({ memory: "1024" });
    expect([...config.pendingDelete]).toEqual([
      ["scsi3", true],
      ["vcpus", false],
    ]);
    expect(config.snapshots["s1"]).toEqual({
      cores: "1",
      snaptime: "1795208171",
      description: "before the exam",
    });
    expect(config.special["cloudinit"]).toEqual({ ciuser: "former" });
  });

  test("comes back as it was, but cloud-init's section goes with its drive", () => {
    const config = parseConfig(text);
    expect(formatConfig(config)).toBe(text.replace("[special:cloudinit]\nciuser: former\n\n", ""));
    const withDrive = draftOf(config);
    withDrive.values["ide2"] = "local:900/vm-900-cloudinit.qcow2,media=cdrom";
    expect(formatConfig(withDrive)).toContain("[special:cloudinit]\nciuser: former\n");
  });

  test("has the SHA-1 of its raw text as digest", () => {
    expect(parseConfig("lock: create\n").digest).toBe("a7e9f8c42935261b36fcd1d7d6cd8cd41648da49");
  });

  test("loses lines that say nothing, and nothing else", () => {
    expect(parseConfig("cores: 2\n???\n: x\n[&]\ncores: 4\n").values).toEqual({ cores: "2" });
  });

  test("does not list a volume as unused that is attached again", () => {
    const config = freshConfig({
      scsi0: "local:1/vm-1-disk-0.qcow2,size=1G",
      unused0: "local:1/vm-1-disk-0.qcow2",
    });
    expect(formatConfig(config)).toBe("scsi0: local:1/vm-1-disk-0.qcow2,size=1G\n");
  });
});
