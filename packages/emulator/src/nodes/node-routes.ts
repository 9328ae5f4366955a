import type { Route } from "../api/route.ts";
import { capabilityRoutes } from "./capability-routes.ts";
import { certificateRoutes } from "./certificate-routes.ts";
import { nodeFileRoutes } from "./node-file-routes.ts";
import { serviceRoutes } from "./service-routes.ts";
import { statusRoutes } from "./status-routes.ts";
import { taskRoutes } from "./task-routes.ts";

/** What lies below a node, guests and storages excepted. */
export const nodeRoutes: readonly Route[] = [
  ...statusRoutes,
  ...nodeFileRoutes,
  ...taskRoutes,
  ...serviceRoutes,
  ...capabilityRoutes,
  ...certificateRoutes,
];
