import { SeededRandom } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";
import { type MachineFacts, machineFacts } from "./machine-facts.ts";
import { type Documents, dealtChanges, edit, type Fields, firstDocuments } from "./random-edits.ts";

const EDITS = 10;
/** Another one by hand finds other edits; a failure names its own. */
const seed = process.env["COPPICE_TEST_SEED"] ?? "autumn";

/** What the test reads of what `--json` prints. */
interface Told {
  readonly result: string;
  readonly notes: readonly string[];
  readonly stacks: readonly { readonly documents: readonly { readonly change: string }[] }[];
  readonly versions: readonly { readonly number: number }[];
  readonly documents: readonly { readonly name: string; readonly kind: string; readonly declared: Fields }[];
}

/** Two documents and ten edits of chance, each of which is taken back; they stand on each other. */
describe(`ten edits by the seed '${seed}'`, { timeout: 120_000 }, () => {
  const random = new SeededRandom(seed);
  let lab: DocumentsLab;
  let declared: Documents;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await lab.emulator.shell("pve1", "pvesh create /pools --poolid lab && pvesh create /pools --poolid exam");
    await lab.write("all/password", "planted-password-3c1f");
    await write(firstDocuments);
    await write(firstDocuments, "first");
    expect(await ends("up", "all", "--yes")).toMatchObject({ result: "applied" });
    declared = await declaredNow();
    expect(await ends("preview", "all", "--refresh")).toMatchObject(SAME);
  }, 120_000);
  afterAll(() => lab.remove());

  const SAME = { result: "would-apply", stacks: [{ documents: [{ change: "same" }, { change: "same" }] }] };

  const write = async (documents: Documents, folder = "all") => {
    const texts = Object.entries(documents).map(([name, fields]) => JSON.stringify({ name, ...fields }));
    // JSON is YAML.
    await lab.write(`${folder}/all.yaml`, texts.join("\n---\n"));
  };
  const ends = async (...args: readonly string[]): Promise<Told> => {
    const { code, out, err } = await lab.run(...args, "--json");
    if (code !== 0) throw new Error(`seed '${seed}': ${args.join(" ")} ended with ${code}\n${out}\n${err}`);
    return JSON.parse(out) as Told; // as the guide says
  };
  const declaredNow = async (): Promise<Documents> => {
    const { documents } = await ends("show", "first");
    return Object.fromEntries(
      documents.map(({ name, kind, declared }) => [name, { kind, version: 1, ...declared }]),
    );
  };

  test.each(dealtChanges(random, EDITS))(
    "%s, %s: taken back, it is as it was, but for what was said",
    async (...names) => {
      const before = { declared, machines: machineFacts(lab.emulator) };
      const edited = edit(declared, names, random);
      const { versions } = await ends("history");
      await write(edited.documents);
      await ends("up", "all", "--yes");
      const { notes } = await ends("undo", String(versions.at(-1)?.number), "--yes");
      declared = await declaredNow();
      const said = notes.join("\n");
      const hint = `seed '${seed}', ${edited.names.join(", ")}: ${JSON.stringify(edited.documents)}\n${said}`;
      expect(withoutStaying(declared, said), hint).toEqual(withoutStaying(before.declared, said));
      expect(lostUnsaid(before.machines, machineFacts(lab.emulator), said), hint).toEqual([]);
      await write(declared);
      expect(await ends("preview", "all", "--refresh"), hint).toMatchObject(SAME);
    },
  );
});

/** Of declared documents, what has to go back: generations only count upwards, and orders count once. */
function withoutStaying(documents: Documents, said: string): Documents {
  const entries = Object.entries(documents).map(([name, { reset: _reset, undo: _undo, ...fields }]) => {
    const { publish: _publish, ...others } = fields;
    const stays = said.includes(`'${name}' stays on generation`);
    return [name, stays ? others : fields] as const;
  });
  return Object.fromEntries<Fields>(entries);
}

/** What became another machine or another disk although nobody was told of it. */
function lostUnsaid(
  before: ReadonlyMap<string, MachineFacts>,
  after: ReadonlyMap<string, MachineFacts>,
  said: string,
): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined || is === undefined) return [`${name} is not there any more, or still`];
    const seat = name.replace(/^(lab|runners)-/, "");
    const isSaid = said.includes(`'${seat}'`);
    const hasOtherDisks =
      isSaid || said.includes(`data disks that machines of '${name.split("-")[0]}' have stay`);
    const wrong = Object.keys({ ...was.settings, ...is.settings })
      .filter((field) => was.settings[field] !== is.settings[field] && !(hasOtherDisks && field === "scsi1"))
      .map((field) => `${name}: ${field} is ${is.settings[field]}, and was ${was.settings[field]}`);
    if (isSaid) return wrong;
    const others = Object.keys(was.disks).filter((slot) => was.disks[slot] !== is.disks[slot]);
    if (was.identity !== is.identity) wrong.push(`${name} is another machine`);
    return [...wrong, ...others.map((slot) => `${name} has another disk at ${slot}`)];
  });
}
