import type { Route } from "../kernel/route.ts";
import { cloneRoute } from "./clone/clone-route.ts";
import { createRoute } from "./create/create-route.ts";
import { destroyRoute } from "./destroy/destroy-route.ts";
import { powerRoutes } from "./power/power-routes.ts";
import { statusRoutes } from "./status/status-routes.ts";
import { configRoutes } from "./update/config-routes.ts";

/** The routes of QEMU guests. */
export const guestRoutes: readonly Route[] = [
  createRoute,
  destroyRoute,
  cloneRoute,
  ...configRoutes,
  ...powerRoutes,
  ...statusRoutes,
];
