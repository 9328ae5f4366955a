import type { Route } from "../../api/route.ts";
import { backupRoutes } from "./backup-routes.ts";
import { configRoutes } from "./config-routes.ts";
import { contentRoutes } from "./content-routes.ts";
import { downloadRoutes } from "./download-routes.ts";
import { statusRoutes } from "./status-routes.ts";
import { uploadRoutes } from "./upload-routes.ts";

/** The routes of storages and their content. */
export const storageRoutes: readonly Route[] = [
  ...configRoutes,
  ...statusRoutes,
  ...contentRoutes,
  ...uploadRoutes,
  ...downloadRoutes,
  ...backupRoutes,
];
