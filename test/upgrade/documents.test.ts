import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "../e2e/documents/documents-lab.ts";
import { clusterFiles, restoreCluster } from "./cluster-archive.ts";
import { documentRecordings, recordedHomes } from "./document-recordings.ts";
import { clusterFile } from "./recording.ts";
import { fillHomeFile } from "./scrub-home.ts";

describe.each(recordedHomes())("the home that version %s filled", { timeout: 120_000 }, (version) => {
  const recording = join(documentRecordings, version);
  let data: string;
  let lab: DocumentsLab;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "coppice-upgrade-"));
    restoreCluster(join(recording, clusterFile), data);
    lab = await DocumentsLab.start({}, { data, timeScale: 5 });
    cpSync(join(recording, "all"), join(lab.folder, "all"), { recursive: true });
    restoreHome(join(recording, "home"), lab);
  });
  afterAll(async () => {
    await lab.remove();
    rmSync(data, { recursive: true });
  });

  test.each([[[]], [["--refresh"]]])("has nothing to do: preview %s", async (options) => {
    const { code, out, err } = await lab.run("preview", "all", ...options);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(out).toMatch(/\nDocuments: 3 unchanged\n/);
  });

  test("is listed, has its history, and an update changes nothing on the cluster", async () => {
    expect((await lab.run("list")).out).toMatch(/^lab +LabClass +main +4 /m);
    expect((await lab.run("history")).out.match(/coppice up all/g)).toHaveLength(3);
    const before = clusterFiles(data);
    expect(await lab.run("up", "all", "--refresh", "--yes")).toMatchObject({ code: 0 });
    expect(clusterFiles(data)).toEqual(before);
  });

  test("goes back to the version before it, whose secrets its passphrase reads", async () => {
    const { code, out } = await lab.run("undo", "2", "--yes");
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toContain("'lab' stays on generation 2");
    expect((await lab.run("show", "lab")).out).toContain("tags: [ spring ]");
  });
});

/** A recorded home in the place of a new one, on the cluster of today. */
function restoreHome(recorded: string, today: { readonly folder: string; readonly clusters: object }): void {
  const entries = readdirSync(recorded, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const from = join(parentPath, name);
    const to = join(today.folder, "home", from.slice(recorded.length));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, fillHomeFile(readFileSync(from, "utf8"), today));
  }
  // A repository does not keep who may read a file.
  chmodSync(join(today.folder, "home", "passphrase"), 0o600);
}
