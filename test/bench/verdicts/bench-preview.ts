import { amountsOf, readCapacity, readWholeUse, withLimits } from "@coppice/clusters";
import { openClusters } from "@coppice/clusters/connections";
import {
  type Engine,
  type OperationParts,
  openHome,
  previewOperation,
  type RunTalk,
  startEngine,
} from "@coppice/engine";
import { createPool, listGuestResources, readVersion } from "@coppice/pve";
import { readDocuments, type SpecDocument } from "@coppice/spec";
import { toolEnvironment } from "@coppice/toolchain";
import { DocumentsLab } from "../../e2e/documents/documents-lab.ts";

const documents = `\
kind: LabClass
version: 1
name: lab
cluster: main
tenant: acme
template: { vmid: 9000 }
seats: 25
storage: nas
vmids: { from: 20000, to: 20099 }
---
kind: Plan
version: 1
name: campus
currency: EUR
versions:
  - from: 2026-09-01
    prices: { coreHour: "0.0045", memoryGiBHour: "0.0012", storageGiBHour: "0.00005" }
`;

const talk: RunTalk = { tell: () => undefined, signal: new AbortController().signal };

/** A class of 25 of a tenant, previewed by the engine alone, and with all that is judged besides. */
export class BenchPreview {
  readonly #lab: DocumentsLab;
  readonly #engine: Engine;
  readonly #parts: OperationParts;
  readonly #documents: readonly SpecDocument[];

  private constructor(lab: DocumentsLab, engine: Engine, parts: OperationParts) {
    this.#lab = lab;
    this.#engine = engine;
    this.#parts = parts;
    this.#documents = readDocuments([{ file: "class.yaml", text: documents }], {
      clusters: ["main"],
    }).documents;
  }

  static async start(): Promise<BenchPreview> {
    const lab = await DocumentsLab.start();
    const comment = withLimits("", "acme", { machines: 40, cores: 400 });
    await createPool(lab.cluster.client, { poolid: "acme", comment });
    const { pulumi, env } = await toolEnvironment({ env: lab.env });
    const options = { home: await openHome(lab.env), pulumi, environment: env };
    const engine = await startEngine(options);
    return new BenchPreview(lab, engine, { ...options, ...questions(lab), run: engine.run });
  }

  /** Milliseconds of the engine's own preview. */
  async engine(): Promise<number> {
    const run = {
      verb: "preview",
      project: "coppice-tenant",
      stack: "acme.main",
      documents: this.#documents
        .slice(0, 1)
        .map(({ kind, name, inputs }) => ({ kind, name, inputs: plain(inputs) })),
      clusters: this.#lab.clusters,
      credentials: {},
      message: "",
      who: "bench",
    } as const;
    return await elapsed(async () => {
      const { result, failures } = await this.#parts.run(run, talk);
      if (result !== "succeeded") throw new Error(JSON.stringify(failures));
    });
  }

  /** Milliseconds of a preview with its verdicts. */
  async judged(): Promise<number> {
    const { clusters } = this.#lab;
    const order = { documents: this.#documents, clusters, environment: {}, message: "", who: "bench" };
    return await elapsed(async () => {
      const { verdicts } = await previewOperation(this.#parts, { order }, talk);
      if (verdicts.quota.length !== 1 || verdicts.cost?.total === undefined)
        throw new Error(JSON.stringify(verdicts));
    });
  }

  async stop(): Promise<void> {
    this.#engine.stop();
    await this.#lab.remove();
  }
}

/** As a command asks: a connection for each question. */
function questions(lab: DocumentsLab): Omit<OperationParts, "run" | "home" | "pulumi" | "environment"> {
  const opened = async <T>(cluster: string, work: (open: Opened) => Promise<T>): Promise<T> => {
    const options = { secret: false, environment: lab.env, folder: lab.folder };
    const open = await (await openClusters(lab.clusters, options)).get(cluster);
    return await work(open).finally(() => open.client.close());
  };
  return {
    versions: {},
    // Nobody reserves anything in a preview.
    ledger: { ledger: () => Promise.reject(new Error("a preview reserves nothing")) },
    guestsOf: async (cluster) =>
      await opened(cluster, async ({ client }) => (await listGuestResources(client)).map(({ vmid }) => vmid)),
    capacityOf: async (cluster, signal) =>
      await opened(cluster, async (open) => await readCapacity(open, signal)),
    knock: async (cluster, signal) =>
      await opened(cluster, async ({ client }) => void (await readVersion(client, signal))),
    tenantUse: async ({ cluster, tenant }, signal) => {
      const use = await opened(cluster, async (open) => await readWholeUse(open, tenant, signal));
      const members = use?.members.map((each) => ({ vmid: each.vmid, amounts: amountsOf([each]) })) ?? [];
      return use && { limits: use.limits, members };
    },
  };
}

type Opened = Awaited<ReturnType<Awaited<ReturnType<typeof openClusters>>["get"]>>;

/** A document's values are what YAML and JSON have in common. */
function plain(inputs: SpecDocument["inputs"]): Parameters<OperationParts["run"]>[0]["clusters"] {
  return inputs as Parameters<OperationParts["run"]>[0]["clusters"]; // as: see above
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
