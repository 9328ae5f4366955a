/**
 * The file that proves whose an image folder is, before a machine has its number: it lists the disks that are being made.
 * The program on the node writes it, and takes away nothing where it does not lie.
 */
export function folderMarker(mark: string): string {
  return `.coppice-${mark}`;
}
