import type { Route } from "../api/route.ts";
import { agentRoutes } from "./agent/agent-routes.ts";
import { cloneRoute } from "./clone/clone-route.ts";
import { cloudInitRoutes } from "./cloudinit/cloud-init-routes.ts";
import { createRoute } from "./create/create-route.ts";
import { destroyRoute } from "./destroy/destroy-route.ts";
import { diskRoutes } from "./disks/disk-routes.ts";
import { migrateRoutes } from "./migrate/migrate-routes.ts";
import { miscRoutes } from "./misc/misc-routes.ts";
import { powerRoutes } from "./power/power-routes.ts";
import { snapshotRoutes } from "./snapshot/snapshot-routes.ts";
import { statusRoutes } from "./status/status-routes.ts";
import { configRoutes } from "./update/config-routes.ts";

/** The routes of QEMU guests. */
export const guestRoutes: readonly Route[] = [
  createRoute,
  destroyRoute,
  cloneRoute,
  ...configRoutes,
  ...diskRoutes,
  ...powerRoutes,
  ...snapshotRoutes,
  ...cloudInitRoutes,
  ...agentRoutes,
  ...migrateRoutes,
  ...statusRoutes,
  ...miscRoutes,
];
