import { guestLocks } from "../../guests/guest-locks.ts";

/** The locks of a virtual machine's configuration. */
export const { lockConfig, checkLock } = guestLocks(
  "qemu",
  (vmid) => `/var/lock/qemu-server/lock-${vmid}.conf`,
);
