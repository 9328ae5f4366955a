import type { Route } from "../kernel/route.ts";

/** The routes of storages and their content. */
export const storageRoutes: readonly Route[] = [];
