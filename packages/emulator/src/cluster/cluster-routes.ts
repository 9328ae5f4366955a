import type { Route } from "../kernel/route.ts";
import { capabilityRoutes } from "./capability-routes.ts";
import { corosyncRoutes } from "./corosync-routes.ts";
import { haRoutes } from "./ha-routes.ts";
import { indexRoutes } from "./index-routes.ts";
import { jobRoutes } from "./job-routes.ts";
import { allMappingRoutes } from "./mapping-routes.ts";
import { nodeFileRoutes } from "./node-file-routes.ts";
import { nodeRoutes } from "./node-routes.ts";
import { optionsRoutes } from "./options-routes.ts";
import { overviewRoutes } from "./overview-routes.ts";
import { quietRoutes } from "./quiet-routes.ts";
import { serviceRoutes } from "./service-routes.ts";
import { taskRoutes } from "./task-routes.ts";

/** The cluster, its nodes and their tasks. */
export const clusterRoutes: readonly Route[] = [
  ...indexRoutes,
  ...overviewRoutes,
  ...optionsRoutes,
  ...corosyncRoutes,
  ...nodeRoutes,
  ...nodeFileRoutes,
  ...taskRoutes,
  ...haRoutes,
  ...jobRoutes,
  ...allMappingRoutes,
  ...serviceRoutes,
  ...capabilityRoutes,
  ...quietRoutes,
];
