import type { Route } from "../api/route.ts";
import { aclRoutes } from "./acl-routes.ts";
import { domainRoutes } from "./domain-routes.ts";
import { groupRoutes } from "./group-routes.ts";
import { permissionRoutes } from "./permission-routes.ts";
import { roleRoutes } from "./role-routes.ts";
import { ticketRoutes } from "./ticket-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { userRoutes } from "./user-routes.ts";

/** Everything below /access. */
export const accessRoutes: readonly Route[] = [
  ...ticketRoutes,
  ...permissionRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...groupRoutes,
  ...roleRoutes,
  ...aclRoutes,
  ...domainRoutes,
];
