import { accessRoutes } from "../access/access-routes.ts";
import type { Route } from "../api/route.ts";
import { datacenterRoutes } from "../datacenter/datacenter-routes.ts";
import { haRoutes } from "../ha/ha-routes.ts";
import { lxcRoutes } from "../lxc/lxc-routes.ts";
import { nodeRoutes } from "../nodes/node-routes.ts";
import { poolRoutes } from "../pools/pool-routes.ts";
import { qemuRoutes } from "../qemu/qemu-routes.ts";
import { storageRoutes } from "../storage/routes/storage-routes.ts";

/** Every route of the API. */
export const allRoutes: readonly Route[] = [
  ...accessRoutes,
  ...poolRoutes,
  ...datacenterRoutes,
  ...nodeRoutes,
  ...haRoutes,
  ...qemuRoutes,
  ...lxcRoutes,
  ...storageRoutes,
];
