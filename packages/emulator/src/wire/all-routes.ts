import { accessRoutes } from "../access/access-routes.ts";
import { poolRoutes } from "../access/pool-routes.ts";
import { clusterRoutes } from "../cluster/cluster-routes.ts";
import { consoleRoutes } from "../console/console-routes.ts";
import { guestRoutes } from "../guests/guest-routes.ts";
import type { Route } from "../kernel/route.ts";
import { storageRoutes } from "../storage/storage-routes.ts";

/** Every route of the API. */
export const allRoutes: readonly Route[] = [
  ...accessRoutes,
  ...poolRoutes,
  ...clusterRoutes,
  ...guestRoutes,
  ...consoleRoutes,
  ...storageRoutes,
];
