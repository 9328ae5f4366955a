import { deleteGuest, type GuestPlace, type PveCaller, putGuestConfig } from "@coppice/pve";

/**
 * Removes a guest of ours with all its disks, its protection first: a clone of a template is protected where the
 * template is (qemu-server, clone_vm copies every option).
 */
export async function removeProtected(
  client: PveCaller,
  place: GuestPlace,
  isProtected = true,
): Promise<void> {
  if (isProtected) await putGuestConfig(client, place, { delete: "protection" });
  await deleteGuest(client, place, { unreferencedDisks: true });
}
