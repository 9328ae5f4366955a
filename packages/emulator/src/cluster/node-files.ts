import { die } from "../kernel/pve-error.ts";
import type { ClusterFiles } from "./cluster-files.ts";

/**
 * The cluster's files as one node may change them: without quorum every write is refused, as pmxcfs does.
 * Handlers write through their node's `files`, never through the cluster's.
 */
export class NodeFiles {
  readonly #files: ClusterFiles;
  readonly #writable: () => boolean;
  #temporary = 1000;

  constructor(files: ClusterFiles, writable: () => boolean) {
    this.#files = files;
    this.#writable = writable;
  }

  /** The file's text, or undefined when there is no such file. */
  read(path: string): string | undefined {
    return this.#files.read(path);
  }

  /** The names of the files directly in a folder. */
  list(folder: string): string[] {
    return this.#files.list(folder);
  }

  /** A number that changes whenever the file does. */
  version(path: string): number {
    return this.#files.version(path);
  }

  /** Replaces or creates a file. */
  write(path: string, text: string): void {
    this.#demandQuorum(path);
    this.#files.write(path, text);
  }

  /** Creates a file; false when it is there already. */
  createExclusive(path: string, text: string): boolean {
    this.#demandQuorum(path);
    return this.#files.createExclusive(path, text);
  }

  /** Removes a file; one that is not there is fine. */
  remove(path: string): void {
    if (!this.#writable()) die(`unable to delete '/etc/pve/${path}' - Permission denied`);
    this.#files.remove(path);
  }

  /** Moves a file. */
  rename(from: string, to: string): void {
    this.#demandQuorum(to);
    this.#files.rename(from, to);
  }

  /** What a config PUT without quorum ends with (docs/proxmox-facts.md#without-quorum). */
  #demandQuorum(path: string): void {
    if (this.#writable()) return;
    this.#temporary += 1;
    die(`unable to open file '/etc/pve/${path}.tmp.${this.#temporary}' - Permission denied`);
  }
}
