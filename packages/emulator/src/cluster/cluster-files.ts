import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

interface Entry {
  readonly text: string;
  readonly version: number;
  readonly mtimeMs: number;
  readonly size: number;
}

/** pmxcfs shows every file as root:www-data. */
const webGroup = 33;
const asRoot = process.getuid?.() === 0;

/** Told about every path whose text changed or went away. */
export type FileListener = (path: string) => void;

/**
 * What every node sees below `/etc/pve` (pmxcfs): paths such as `nodes/pve1/qemu-server/100.conf` and their text.
 *
 * The memory holds the truth and every write reaches the disk (temporary file, rename) before the call returns, so a
 * killed emulator loses no finished operation. Text that did not change stays the very same string, so caches of
 * parsed forms compare {@link ClusterFiles.version} or the string itself.
 */
export class ClusterFiles {
  /** The folder on this machine; a node's mount namespace shows it as `/etc/pve`. */
  readonly folder: string;
  readonly #entries = new Map<string, Entry>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #listeners = new Set<FileListener>();
  #version = 0;
  #temporary = 0;
  #closed = false;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    this.rescan();
  }

  /** Counts every change of any file. */
  get generation(): number {
    return this.#version;
  }

  /** The file's text, or undefined when there is no such file. */
  read(path: string): string | undefined {
    return this.#entries.get(path)?.text;
  }

  /** A number that changes whenever the file does; 0 when there is no such file. */
  version(path: string): number {
    return this.#entries.get(path)?.version ?? 0;
  }

  /** When the file was last written, in milliseconds. */
  modifiedAt(path: string): number | undefined {
    return this.#entries.get(path)?.mtimeMs;
  }

  /** Replaces or creates a file. */
  write(path: string, text: string): void {
    this.#demandOpen();
    const target = join(this.folder, path);
    this.#temporary += 1;
    const temporary = join(dirname(target), `.tmp.${process.pid}.${this.#temporary}`);
    try {
      writeFileSync(temporary, text, { mode: 0o640 });
    } catch (error) {
      if (!isMissing(error)) throw error;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(temporary, text, { mode: 0o640 });
    }
    if (asRoot) chownSync(temporary, 0, webGroup);
    renameSync(temporary, target);
    this.#remember(path, text);
  }

  /** Creates a file; false when it is there already. */
  createExclusive(path: string, text: string): boolean {
    if (this.#entries.has(path)) return false;
    this.write(path, text);
    return true;
  }

  /** Removes a file; one that is not there is fine. */
  remove(path: string): void {
    this.#demandOpen();
    rmSync(join(this.folder, path), { force: true });
    this.#forget(path);
  }

  /** Moves a file, onto another one if there is one. */
  rename(from: string, to: string): void {
    this.#demandOpen();
    const text = this.read(from);
    if (text === undefined) throw new Error(`rename of '${from}': there is no such file`);
    mkdirSync(dirname(join(this.folder, to)), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
    this.#forget(from);
    this.#remember(to, text);
  }

  /** Makes the folders of a node's guests; a node gets them as it joins. */
  makeGuestFolders(node: string): void {
    for (const kind of ["qemu-server", "lxc"])
      mkdirSync(join(this.folder, "nodes", node, kind), { recursive: true });
  }

  /** The names of the files directly in a folder. */
  list(folder: string): string[] {
    return [...(this.#folders.get(folder) ?? [])];
  }

  /** Every path, in no particular order. */
  paths(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /** Calls back after every change, also those {@link rescan} finds. Returns the way to stop. */
  onChange(listener: FileListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Refuses every further change: the folder is about to go away, or belongs to the next emulator. */
  close(): void {
    this.#closed = true;
  }

  /**
   * Takes over what was changed on the disk by hand, for example by a shell on a node, and answers the paths where it
   * undid what pmxcfs refuses: every change while `readOnly` (a node without quorum), else a guest's configuration
   * whose id another node or kind has already (`File exists` there).
   */
  rescan(readOnly = false): string[] {
    for (;;) {
      try {
        const found = new Set(this.#filesBelow(""));
        return readOnly ? this.#undo(found) : this.#takeOver(found);
      } catch (error) {
        // Somebody renamed or removed a file between the listing and the look at it: the picture is taken anew.
        if (!isMissing(error) || !existsSync(this.folder)) throw error;
      }
    }
  }

  /** Puts the disk back to what the memory holds. */
  #undo(found: ReadonlySet<string>): string[] {
    const undone: string[] = [];
    for (const path of found) {
      if (this.#entries.has(path)) continue;
      rmSync(join(this.folder, path), { force: true });
      undone.push(path);
    }
    for (const [path, entry] of this.#entries) {
      const stat = statSync(join(this.folder, path), { throwIfNoEntry: false });
      if (stat?.mtimeMs === entry.mtimeMs && stat.size === entry.size) continue;
      this.write(path, entry.text);
      undone.push(path);
    }
    return undone;
  }

  #takeOver(found: ReadonlySet<string>): string[] {
    for (const path of this.#entries.keys()) {
      if (!found.has(path)) this.#forget(path);
    }
    const undone: string[] = [];
    for (const path of found) {
      if (this.#entries.has(path) || !this.#isTaken(path)) this.#refresh(path);
      else {
        rmSync(join(this.folder, path), { force: true });
        undone.push(path);
      }
    }
    return undone;
  }

  /** True for a guest's configuration when another one of the same id is known. */
  #isTaken(path: string): boolean {
    const name = /^nodes\/[^/]+\/(?:qemu-server|lxc)\/(\d+\.conf)$/.exec(path)?.[1];
    if (name === undefined) return false;
    return [...this.#folders].some(
      ([folder, names]) => /^nodes\/[^/]+\/(?:qemu-server|lxc)$/.test(folder) && names.has(name),
    );
  }

  #filesBelow(folder: string): string[] {
    return readdirSync(join(this.folder, folder), { withFileTypes: true }).flatMap((item) => {
      const path = folder === "" ? item.name : `${folder}/${item.name}`;
      if (item.isDirectory()) return this.#filesBelow(path);
      return item.isFile() && !item.name.startsWith(".tmp.") ? [path] : [];
    });
  }

  #refresh(path: string): void {
    const known = this.#entries.get(path);
    const found = statSync(join(this.folder, path));
    if (known !== undefined && known.mtimeMs === found.mtimeMs && known.size === found.size) return;
    const text = readFileSync(join(this.folder, path), "utf8");
    if (known?.text === text) this.#entries.set(path, { ...known, mtimeMs: found.mtimeMs, size: found.size });
    else this.#remember(path, text);
  }

  #demandOpen(): void {
    if (this.#closed) throw new Error("the cluster has stopped: its files change no more");
  }

  #remember(path: string, text: string): void {
    const found = statSync(join(this.folder, path));
    this.#version += 1;
    this.#entries.set(path, { text, version: this.#version, mtimeMs: found.mtimeMs, size: found.size });
    const folder = folderOf(path);
    const names = this.#folders.get(folder) ?? new Set<string>();
    this.#folders.set(folder, names.add(path.slice(folder === "" ? 0 : folder.length + 1)));
    this.#tell(path);
  }

  #forget(path: string): void {
    if (!this.#entries.delete(path)) return;
    this.#version += 1;
    const folder = folderOf(path);
    this.#folders.get(folder)?.delete(path.slice(folder === "" ? 0 : folder.length + 1));
    this.#tell(path);
  }

  #tell(path: string): void {
    for (const listener of this.#listeners) listener(path);
  }
}

function folderOf(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut < 0 ? "" : path.slice(0, cut);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
