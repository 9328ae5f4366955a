import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type RightPlace, rightsTable } from "@coppice/clusters";
import { describe, expect, test } from "vitest";
import { root } from "./markdown.ts";
import { permissionsTable } from "./permissions-table.ts";

const page = readFileSync(join(root, "docs/guides/permissions.md"), "utf8");

/** What the page says that only few classes need, and leaves out of its lines. */
const RARE = ["VM.Migrate", "VM.Config.CDROM", "VM.Config.Cloudinit"];

/** The privileges that a block of the page grants, by the path that it grants them on. */
function granted(start: string): Map<string, readonly string[]> {
  const [, block = ""] = new RegExp(`\`\`\`sh\n(${start}[^\`]*)\`\`\``).exec(page) ?? [];
  const roles = new Map(
    [...block.matchAll(/^pveum role add (\S+) --privs '([^']*)'/gm)].map(([, role, privileges = ""]) => [
      role,
      privileges.split(" ").sort(),
    ]),
  );
  return new Map(
    [...block.matchAll(/^pveum acl modify (\S+) --users \S+ --roles (\S+)/gm)].map(([, path = "", role]) => [
      path,
      roles.get(role) ?? [],
    ]),
  );
}

/** The privileges that the table names on some place, but the rare ones. */
function named(...places: readonly RightPlace[]): string[] {
  const rows = rightsTable.filter(({ on, privilege }) => places.includes(on) && !RARE.includes(privilege));
  return [...new Set(rows.map(({ privilege }) => privilege))].sort();
}

describe("the page on permissions", () => {
  test("has the table of rights as the code has it", () => {
    expect(page).toContain(permissionsTable());
  });

  test("grants what the table names, no more and no less", () => {
    expect(granted("pveum role add CoppiceSeats")).toEqual(
      new Map([
        ["/vms", named("machines")],
        ["/storage/nas", named("storage")],
        ["/sdn/zones/localnetwork/vmbr0", named("network")],
        ["/", named("nodes", "root")],
      ]),
    );
    expect(granted("pveum role add CoppicePool")).toEqual(new Map([["/pool/lab", named("pool")]]));
  });

  test("grants a tenant the same on its pool, on one template, storage and bridge", () => {
    expect(granted("pveum pool add acme")).toEqual(
      new Map([
        ["/pool/acme", named("machines")],
        ["/vms/9000", named("template")],
        ["/storage/nas", named("storage")],
        ["/sdn/zones/localnetwork/vmbr0", named("network")],
      ]),
    );
  });

  test.each(RARE)("says in words what %s is for", (privilege) => {
    const words = page.replace(permissionsTable(), "");
    expect(words).toContain(privilege);
  });
});
