import type { Route } from "../kernel/route.ts";
import { backupRoutes } from "./routes/backup-routes.ts";
import { configRoutes } from "./routes/config-routes.ts";
import { contentRoutes } from "./routes/content-routes.ts";
import { downloadRoutes } from "./routes/download-routes.ts";
import { statusRoutes } from "./routes/status-routes.ts";
import { uploadRoutes } from "./routes/upload-routes.ts";

/** The routes of storages and their content. */
export const storageRoutes: readonly Route[] = [
  ...configRoutes,
  ...statusRoutes,
  ...contentRoutes,
  ...uploadRoutes,
  ...downloadRoutes,
  ...backupRoutes,
];
