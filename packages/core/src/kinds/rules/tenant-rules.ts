import type { Mistake, Rule } from "../../description/mistake.ts";
import { tenantTag } from "../../values/tenant-tag.ts";

interface Owned {
  readonly tenant?: string;
  readonly pool?: string;
}

/** Whose machines they are says which pool they are in. */
export const onePoolRule: Rule<Owned> = {
  needs: ["tenant", "pool"],
  find: ({ tenant, pool }) => {
    if (tenant === undefined || pool === undefined) return [];
    const reason = `is given ("${pool}") and 'tenant' too ("${tenant}"), whose own pool it is then`;
    return [{ path: ["pool"], reason: `${reason}; leave one of them out` }];
  },
};

/** A resource is told both, and they say the same. */
export const tenantPoolRule: Rule<Owned> = {
  needs: ["tenant", "pool"],
  find: ({ tenant, pool }) => {
    if (tenant === undefined || pool === tenant) return [];
    const reason = pool === undefined ? "is missing" : `is "${pool}"`;
    return [
      {
        path: ["pool"],
        reason: `${reason}, and 'tenant' is "${tenant}"; give the tenant's pool, "${tenant}"`,
      },
    ];
  },
};

/** Nobody gives a machine the look of another tenant's. */
export const ownTagsRule: Rule<{ readonly tags?: readonly string[] }> = {
  needs: ["tags"],
  find: ({ tags = [] }) =>
    tags.flatMap((tag, index): Mistake[] => {
      const isKept = tag.toLowerCase().startsWith(tenantTag(""));
      if (!isKept) return [];
      const reason = `is "${tag}", and tags of that beginning say whose a machine is`;
      return [{ path: ["tags", index], reason: `${reason}; set 'tenant', or choose another tag` }];
    }),
};
