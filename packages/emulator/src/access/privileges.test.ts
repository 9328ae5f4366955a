import { describe, expect, test } from "vitest";
import { identityOf } from "../kernel/identity.ts";
import { pve92 } from "../versions/pve-9.2.ts";
import { Rights } from "./privileges.ts";
import { formatUserConfig, parseUserConfig } from "./user-config.ts";

const text = `user:root@pam:1:0::::::
user:alice@pve:1:0:Alice:::a%3A comment::
token:alice@pve!sep:0:1::
token:alice@pve!full:0:0::

group:students:alice@pve,bob@pve:S:

pool:labs::100,101:local:

role:Watcher:VM.Audit:

acl:1:/vms:@students:PVEVMUser:
acl:1:/vms/200:alice@pve:Watcher:
acl:1:/vms/300:@students:NoAccess:
acl:0:/nodes:alice@pve:PVEAuditor:
acl:1:/pool/labs:alice@pve:PVEVMAdmin:
acl:1:/vms/200:alice@pve!sep:PVEVMAdmin:
`;

const config = parseUserConfig(text);
const rights = new Rights(config, (role) => pve92.roles[role] ?? config.roles.get(role));
const holds = (who: string, path: string, name: string) => rights.privileges(identityOf(who), path).has(name);

describe("rights", () => {
  test("a group's role propagates to paths below", () => {
    expect(holds("alice@pve", "/vms/999", "VM.PowerMgmt")).toBe(true);
    expect(holds("alice@pve", "/storage/local", "Datastore.Audit")).toBe(false);
  });

  test("a user's entry on a deeper level replaces what was inherited", () => {
    expect(holds("alice@pve", "/vms/200", "VM.Audit")).toBe(true);
    expect(holds("alice@pve", "/vms/200", "VM.PowerMgmt")).toBe(false);
  });

  test("NoAccess cancels everything", () => {
    expect(rights.privileges(identityOf("alice@pve"), "/vms/300").size).toBe(0);
  });

  test("an entry that does not propagate counts on its own path only", () => {
    expect(holds("alice@pve", "/nodes", "Sys.Audit")).toBe(true);
    expect(holds("alice@pve", "/nodes/pve1", "Sys.Audit")).toBe(false);
  });

  test("a pool's role reaches its members without propagating", () => {
    expect(rights.privileges(identityOf("alice@pve"), "/vms/100").get("VM.Allocate")).toBe(false);
    expect(holds("alice@pve", "/vms/102", "VM.Allocate")).toBe(false);
  });

  test("a token with privilege separation has only what its owner has too", () => {
    expect(holds("alice@pve!sep", "/vms/200", "VM.Audit")).toBe(true);
    expect(holds("alice@pve!sep", "/vms/200", "VM.Allocate")).toBe(false);
    expect(holds("alice@pve!full", "/vms/999", "VM.PowerMgmt")).toBe(true);
  });

  test("root@pam holds everything, a privilege-separated token of root nothing of its own", () => {
    expect(holds("root@pam", "/anything", "Sys.Modify")).toBe(true);
  });

  test("user.cfg is written as it was read", () => {
    const written = formatUserConfig(config);
    expect(formatUserConfig(parseUserConfig(written))).toBe(written);
    expect(
      written
        .split("\n")
        .filter((line) => line !== "")
        .sort(),
    ).toEqual(
      text
        .split("\n")
        .filter((line) => line !== "")
        .sort(),
    );
    expect(config.users.get("alice@pve")?.comment).toBe("a: comment");
  });
});
