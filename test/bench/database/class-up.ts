import { KillLab } from "../../e2e/document-kills/kill-lab.ts";
import { limitTenant } from "../../e2e/documents/tenant-lab.ts";

const SEATS = 25;
const document = {
  kind: "LabClass",
  version: 1,
  name: "lab",
  template: { vmid: 9000 },
  seats: SEATS,
  storage: "nas",
  vmids: { from: 20_000, to: 20_099 },
};

/** The same class of 25 by the same command, with a tenant whose limits leave room for it and without one. */
export class ClassUp {
  readonly #kills: KillLab;

  private constructor(kills: KillLab) {
    this.#kills = kills;
  }

  static async start(): Promise<ClassUp> {
    const limits = { machines: SEATS, cores: 1_000, memory: 2 ** 40, storage: 2 ** 50 };
    const kills = await KillLab.start({
      stack: "acme.main",
      prepare: (lab) => limitTenant(lab, limits, { verb: "create" }),
    });
    await kills.lab.write("class.yaml", JSON.stringify(document));
    await kills.lab.write("tenant.yaml", JSON.stringify({ ...document, tenant: "acme" }));
    await kills.keep("nothing");
    return new ClassUp(kills);
  }

  /** Milliseconds of the command, from nothing made. */
  async time(file: "class.yaml" | "tenant.yaml"): Promise<number> {
    await this.#kills.goBack("nothing");
    const start = performance.now();
    const { code, out, err } = await this.#kills.lab.run("up", file, "--yes");
    const took = performance.now() - start;
    if (code === 0) return took;
    throw new Error(`the command ended with ${code}: ${out}${err}`);
  }

  async remove(): Promise<void> {
    await this.#kills.remove();
  }
}
