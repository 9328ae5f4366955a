import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DocumentsLab } from "../e2e/documents/documents-lab.ts";
import { keepCluster } from "./cluster-archive.ts";
import { documentRecordings } from "./document-recordings.ts";
import { documentSteps } from "./document-steps.ts";
import { clusterFile } from "./recording.ts";
import { homeFiles, scrubHomeFile } from "./scrub-home.ts";

const [version] = process.argv.slice(2);
if (version === undefined) throw new Error("usage: node test/upgrade/record-documents.ts <version>");
await recordDocuments(join(documentRecordings, version));

/** Records a home as this checkout's command writes it. */
async function recordDocuments(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const data = mkdtempSync(join(tmpdir(), "coppice-record-"));
  const lab = await DocumentsLab.start({}, { nodes: 2, timeScale: 5, data, randomSeed: "upgrade" });
  await lab.cluster.shell("pve1", "pvesh create /pools --poolid lab");
  for (const [file, text] of Object.entries(documentSteps.files)) await lab.write(join("all", file), text);
  for (const documents of documentSteps.steps) {
    await lab.write("all/all.yaml", documents);
    const up = await lab.run("up", "all", "--yes");
    if (up.code !== 0) throw new Error(up.out + up.err);
  }
  const home = join(lab.folder, "home");
  for (const file of homeFiles(home)) {
    const target = join(folder, "home", file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, scrubHomeFile(readFileSync(join(home, file), "utf8"), lab.folder));
  }
  cpSync(join(lab.folder, "all"), join(folder, "all"), { recursive: true });
  await lab.remove();
  await keepCluster(data, join(folder, clusterFile));
  rmSync(data, { recursive: true });
}
