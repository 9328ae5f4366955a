import type { Route } from "../api/route.ts";
import { agentRoutes } from "./agent/agent-routes.ts";
import { cloneRoute } from "./clone/clone-route.ts";
import { cloudInitRoutes } from "./cloudinit/cloud-init-routes.ts";
import { monitorRoutes } from "./console/monitor-routes.ts";
import { vncRoutes } from "./console/vnc-routes.ts";
import { createRoute } from "./create/create-route.ts";
import { destroyRoute } from "./destroy/destroy-route.ts";
import { resizeRoute } from "./disks/resize-route.ts";
import { migrateRoutes } from "./migrate/migrate-routes.ts";
import { moveDiskRoute } from "./move-disk/move-disk-route.ts";
import { powerRoutes } from "./power/power-routes.ts";
import { featureRoute } from "./snapshot/feature-route.ts";
import { snapshotRoutes } from "./snapshot/snapshot-routes.ts";
import { statusRoutes } from "./status/status-routes.ts";
import { templateRoute } from "./template/template-route.ts";
import { configRoutes } from "./update/config-routes.ts";

/** The routes of virtual machines. */
export const qemuRoutes: readonly Route[] = [
  createRoute,
  destroyRoute,
  cloneRoute,
  ...configRoutes,
  resizeRoute,
  moveDiskRoute,
  templateRoute,
  ...powerRoutes,
  ...snapshotRoutes,
  featureRoute,
  ...cloudInitRoutes,
  ...agentRoutes,
  ...migrateRoutes,
  ...statusRoutes,
  ...monitorRoutes,
  ...vncRoutes,
];
