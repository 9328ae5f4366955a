import type { Route } from "../api/route.ts";
import { backupJobRoutes } from "./backup-job-routes.ts";
import { corosyncRoutes } from "./corosync-routes.ts";
import { indexRoutes } from "./index-routes.ts";
import { allMappingRoutes } from "./mapping-routes.ts";
import { optionsRoutes } from "./options-routes.ts";
import { overviewRoutes } from "./overview-routes.ts";
import { quietRoutes } from "./quiet-routes.ts";

/** What belongs to the cluster as a whole. */
export const datacenterRoutes: readonly Route[] = [
  ...indexRoutes,
  ...overviewRoutes,
  ...optionsRoutes,
  ...corosyncRoutes,
  ...backupJobRoutes,
  ...allMappingRoutes,
  ...quietRoutes,
];
