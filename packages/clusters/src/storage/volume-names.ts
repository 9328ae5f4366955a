/**
 * A volume's name without the base before it, which listings leave out at times.
 *
 * @example volumeKey("nas:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2") // "nas:vm-20000-disk-0.qcow2"
 */
export function volumeKey(volume: string): string {
  const [storage = "", name = ""] = volume.split(/:(.*)/s);
  return `${storage}:${name.split("/").at(-1)}`;
}

/**
 * The number of the template that a linked clone's volume names as its base.
 *
 * @example baseIn("nas:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2") // 9000
 */
export function baseIn(volume: string): number | undefined {
  const [, number] = /[:/]base-(\d+)-[^/]+\//.exec(volume) ?? [];
  return number === undefined ? undefined : Number(number);
}
