import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import type { DocumentsLab } from "../documents/documents-lab.ts";

/** Waits for steps. */
export interface StepWatch {
  stop(): void;
}

/**
 * Tells each step of an operation as it is taken, from the moment on when the stack's lease is taken: calls of Proxmox,
 * connections to nodes, disks and configurations that appear and go, and what is written of the state. Calls are told before
 * and after they are handled, in that very moment; files as soon as the system tells of them.
 */
export function watchSteps(lab: DocumentsLab, tell: (step: string) => void, stack = "main"): StepWatch {
  let hasBegun = false;
  const seen = (step: string): void => {
    hasBegun ||= step === LEASE;
    if (hasBegun) tell(step);
  };
  const stops = [watchCalls(lab, seen), ...watchGuests(lab, seen), ...watchState(lab, seen, stack)];
  return { stop: () => stops.forEach((stop) => stop()) };
}

const LEASE = "the lease is taken";
const LOCK = "the engine's lock";

/** The steps that every operation takes alike, at its beginning and end. */
export const commonSteps: ReadonlySet<string> = new Set([
  LEASE,
  `${LOCK} is made`,
  "Proxmox is asked",
  "the history is written",
  `${LOCK} is removed`,
]);

type Stop = () => void;
type Seen = (step: string) => void;

function watchCalls({ cluster: { control } }: DocumentsLab, seen: Seen): Stop {
  const { faults } = control;
  const usual = faults.take.bind(faults);
  faults.take = (point, subject) => {
    const { method = "", path = "" } = subject;
    const call = `${method} ${path.replace(/(?<=\/nodes\/|\/qemu\/)\w+/g, "*")}`;
    if (point === "ssh") seen("a node is connected to");
    else if (point === "request") seen(method === "GET" ? "Proxmox is asked" : `before ${call}`);
    else if (point === "response" && method !== "GET") seen(`after ${call}`);
    return usual(point, subject);
  };
  return () => {
    faults.take = usual;
  };
}

/** Folders of disks on the shared storage, and configurations on each node. */
function watchGuests({ emulator }: DocumentsLab, seen: Seen): Stop[] {
  const { data, files, nodes } = emulator.cluster;
  const configs = [...nodes.keys()].map((node) => join(files.folder, "nodes", node, "qemu-server"));
  const folders = [
    ["disks", join(data, "shared", "nas", "images")] as const,
    ...configs.map((folder) => ["configuration", folder] as const),
  ];
  return folders.map(([what, folder]) =>
    watchFolder(folder, (name) => {
      const isThere = existsSync(join(folder, name));
      if (/^20\d{3}(?:\.conf)?$/.test(name)) seen(`a machine's ${what} ${isThere ? "is there" : "is gone"}`);
    }),
  );
}

const FILES: readonly (readonly [file: RegExp, step: string])[] = [
  [/^leases\/\d+\.json$/, LEASE],
  [/^locks\/[\w-]+\.json$/, LOCK],
  [/^stacks\/[\w.]+\.json\.\w+\.tmp$/, "the state is written"],
  [/^history\/.*\.history\.json$/, "the history is written"],
];

/** Each folder by itself: a watch of all below one hears of what is in a new folder late. */
function watchState(lab: DocumentsLab, seen: Seen, stack: string): Stop[] {
  const told = new Set<string>();
  return Object.entries(stateFolders(lab, stack)).map(([name, folder]) =>
    watchFolder(folder, (file) => {
      const path = `${name}/${file}`;
      const found = FILES.find(([pattern]) => pattern.test(path))?.[1];
      if (found === undefined) return;
      const end = existsSync(join(folder, file)) ? "made" : "removed";
      const step = found === LOCK ? `${LOCK} is ${end}` : found;
      const key = `${path} ${step}`;
      if (!told.has(key)) seen(step);
      told.add(key);
    }),
  );
}

/** Where files of the stack lie. */
export function stateFolders({ folder }: DocumentsLab, stack = "main"): Readonly<Record<string, string>> {
  const state = join(folder, "home", "state");
  return {
    leases: join(state, ".coppice", "leases", "coppice-tenant", stack),
    locks: join(state, ".pulumi", "locks", "organization", "coppice-tenant", stack),
    stacks: join(state, ".pulumi", "stacks", "coppice-tenant"),
    history: join(state, ".pulumi", "history", "coppice-tenant", stack),
  };
}

function watchFolder(folder: string, heard: (name: string) => void): Stop {
  const watcher: FSWatcher = watch(folder, (_, name) => name !== null && heard(name));
  return () => watcher.close();
}
