import type { Route } from "../kernel/route.ts";

/** The routes of QEMU guests. */
export const guestRoutes: readonly Route[] = [];
