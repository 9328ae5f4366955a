import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OverlayPoolInputs } from "../../packages/provider/src/overlay-pool/pool-inputs.ts";
import { PoolLab, poolInputs } from "./pool-lab.ts";
import { compareImages } from "./seat-files.ts";

const page = new URL("../../docs/guides/permissions.md", import.meta.url);
const images = "/mnt/pve/nas/images";
const pool = "acme";
const roster = ["teacher", "ada", "grace"];

/** Types the lines of the page's block for a tenant as an operator would; answers the token. */
async function makeToken(lab: PoolLab): Promise<string> {
  const [, block = ""] = /```sh\n(pveum pool add acme[^`]*)```/.exec(await readFile(page, "utf8")) ?? [];
  const said = await lab.cluster.shell("pve1", `set -e\n${block}`);
  const secret = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(said)?.[0];
  return `acme@pve!classes=${secret}`;
}

describe.each(["8.4", "9.2"] as const)("with a token for one Proxmox pool, on Proxmox VE %s", (pve) => {
  let lab: PoolLab;
  let token: string;
  beforeAll(async () => {
    lab = await PoolLab.start({ nodes: 2, pve });
    token = await makeToken(lab);
    await lab.cluster.control.save("granted");
  });
  beforeEach(async () => {
    await lab.cluster.restore("granted");
    await lab.cluster.reconnect({ token });
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const left = () =>
    lab.cluster.shell("pve1", `ls -A ${images}; ls /etc/pve/nodes/*/qemu-server | grep conf`);
  const members = async () =>
    (await lab.cluster.shell("pve1", `grep ^pool:${pool}: /etc/pve/user.cfg`)).split(":")[3];

  test.each(["overlay", "linked"] as const)(
    "a class is made, grows, is published to, reset and removed by '%s'",
    async (method) => {
      const first = await lab.generation({ pool });
      const inputs: OverlayPoolInputs = poolInputs(first, {
        roster,
        method,
        pool,
        start: "after-create",
        dataDisk: { sizeGiB: 1 },
        cloudInit: { user: "student" },
      });
      const made = await lab.bring(inputs);
      expect(made.unfinished).toBeUndefined();
      expect(await members()).toBe("20000,20001,20002");
      const shown = await lab.cluster.shell("pve1", "cat /etc/pve/nodes/*/qemu-server/2000[0-2].conf");
      expect(shown.match(/^tags: coppice;cp-[0-9a-f]{10}$/gm)).toHaveLength(3);
      const more = await lab.bring({ ...inputs, roster: [...roster, "hedy"] }, made.state);
      expect(more.unfinished).toBeUndefined();
      await lab.cluster.shell("pve1", "qm stop 20000");
      await lab.cluster.control.tellStatus();
      const second = await lab.generation({ number: 2, source: 20_000, pool });
      const publish = {
        policy: "reset",
        running: "stop",
        undoForMs: 0,
        policyOf: { teacher: "keep" },
      } as const;
      const wanted = { ...inputs, roster: [...roster, "hedy"], base: withoutInputs(second), publish };
      const published = await lab.bring(wanted, more.state);
      expect(published.unfinished).toBeUndefined();
      const again = { ...wanted, reset: { ada: "once" } };
      const reset = await lab.bring(again, published.state);
      expect(reset.unfinished).toBeUndefined();
      expect(lab.diff(again, await lab.read(reset.state)).changes).toEqual([]);
      await lab.destroy(reset.state);
      await lab.removeGeneration(second);
      expect(await left()).toBe("9000\n9000.conf\n");
      expect(await members()).toBe("");
      expect(await lab.cluster.control.check()).toEqual([]);
    },
    120_000,
  );
});

function withoutInputs(base: Parameters<typeof poolInputs>[0]): OverlayPoolInputs["base"] {
  return poolInputs(base).base;
}
