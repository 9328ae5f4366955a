import { sql } from "kysely";

/** Whether the same operation has reserved for the same thing again: only its last reservation is anybody's to settle. */
export const isFollowed = sql<boolean>`exists (
  select from coppice.reservations later
  where later.tenant = reservations.tenant and later.cluster = reservations.cluster
    and later.operation = reservations.operation and later.what = reservations.what
    and later.fence > reservations.fence
)`;
