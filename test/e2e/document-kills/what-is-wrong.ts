import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { findStrays, lookForStrays, readRecordedStack } from "@coppice/clusters";
import { isProperties, type Properties, parseProperties } from "@coppice/core";
import { type EngineOptions, openHome, previewDocuments, startEngine } from "@coppice/engine";
import { readDocuments } from "@coppice/spec";
import { toolEnvironment } from "@coppice/toolchain";
import type { DocumentsLab } from "../documents/documents-lab.ts";
import { stateFolders } from "./step-watch.ts";

/** Looks at everything. */
export interface Look {
  /** What is not as it should be, where these machines should be there. */
  wrong(machines: readonly string[]): Promise<string[]>;
  stop(): void;
}

/**
 * Looks by the very functions of the commands `preview --refresh` and `reconcile`, with one engine for all looks, since
 * commands would take longer than what is looked at.
 */
export async function startLooking(lab: DocumentsLab, stack = "main"): Promise<Look> {
  const { pulumi, env } = await toolEnvironment();
  const options = { home: await openHome(lab.env), pulumi, environment: { ...env, ...lab.env } };
  const engine = await startEngine(options);
  return {
    wrong: async (machines) => [
      ...(await wrongOnCluster(lab, stack, machines)),
      ...(await left(lab)),
      // A removal that finds nothing to do starts no run, and leaves a draft of the state to the next one.
      ...(machines.length === 0 ? [] : await drafts(lab)),
      ...(machines.length === 0 ? [] : await wrongInPreview(lab, { ...options, run: engine.run })),
    ],
    stop: () => engine.stop(),
  };
}

async function wrongOnCluster(
  lab: DocumentsLab,
  stack: string,
  machines: readonly string[],
): Promise<string[]> {
  const { cluster } = lab;
  const all = await lab.machines();
  const found = all.filter((line) => !line.endsWith(" next"));
  const recorded = readRecordedStack(await deployment(lab, stack), {
    stack: `coppice-tenant/${stack}`,
    cluster: "main",
  });
  const { strays, unseen } = findStrays([recorded], await lookForStrays(cluster.connection, [recorded]));
  return [
    ...(await cluster.control.check()),
    ...strays.map(({ what }) => what),
    ...unseen,
    // A removal that finds nothing to do starts no run, and leaves that to the next one.
    ...(recorded.isOpen && machines.length > 0 ? ["the engine remembers something that was cut off"] : []),
    ...(found.join() === machines.join() ? [] : [`the machines are ${found.join()}`]),
  ];
}

async function wrongInPreview(
  lab: DocumentsLab,
  parts: EngineOptions & { readonly run: Awaited<ReturnType<typeof startEngine>>["run"] },
): Promise<string[]> {
  const file = join(lab.folder, "class.yaml");
  const { documents } = readDocuments([{ file, text: await readFile(file, "utf8") }]);
  const { clusters } = lab;
  const order = { documents, clusters, environment: {}, message: "", who: "test", refresh: true };
  const talk = { tell: () => undefined, signal: new AbortController().signal };
  const asked = {
    guestsOf: () => Promise.resolve([]),
    ledger: { ledger: () => Promise.reject(new Error("nobody has a tenant")) },
    tenantUse: () => Promise.resolve(undefined),
    knock: () => Promise.resolve(),
    capacityOf: () => Promise.resolve({ nodes: [], storages: [] }),
    versions: {},
  };
  const stacks = await previewDocuments({ ...parts, ...asked }, order, talk);
  return stacks.flatMap(({ verdict }) =>
    verdict.documents.flatMap(({ change, words, refusals }) =>
      change === "same" ? [] : [`a preview finds '${change}': ${JSON.stringify([words, refusals])}`],
    ),
  );
}

async function drafts(lab: DocumentsLab): Promise<string[]> {
  const { stacks = "" } = stateFolders(lab);
  const found = (await readdir(stacks)).filter((name) => name.endsWith(".tmp"));
  return found.map((name) => `${name} is left`);
}

/** Marks of work in flight, and folders of runs. */
async function left(lab: DocumentsLab): Promise<string[]> {
  const images = join(lab.emulator.cluster.data, "shared", "nas", "images");
  const marks = (await readdir(images, { recursive: true })).filter((name) => name.includes(".coppice"));
  const runs = await readdir(join(lab.folder, "home", "runs"));
  return [...marks, ...runs].map((name) => `${name} is left`);
}

/** The state as the engine exports it. */
async function deployment(lab: DocumentsLab, stack: string): Promise<Properties> {
  const { stacks = "" } = stateFolders(lab);
  const { checkpoint } = parseProperties(await readFile(join(stacks, `${stack}.json`), "utf8")) ?? {};
  const latest = isProperties(checkpoint) ? checkpoint["latest"] : undefined;
  return { deployment: latest ?? {} };
}
