import {
  claimsOf,
  markTag,
  markTagsIn,
  type ObservedCluster,
  type ObservedGuest,
  stackOf,
} from "@coppice/clusters";
import { CoppiceError, foldedSeats } from "@coppice/core";
import { PveError, readGuestConfig } from "@coppice/pve";
import type { RunRequest } from "../class-run/class-run.ts";
import { hostName } from "../plan/plan-class.ts";
import { wantedNames } from "../plan/recorded-seats.ts";

type Request = Pick<RunRequest, "inputs" | "recorded" | "cluster" | "context">;

/**
 * Refuses to make a class whose machines stand there already, made by a stack of the same name whose state has another
 * home: the same document applied by a colleague, or in a pipeline that was not told where the state is. Nothing of it is
 * ours to touch, and a second class beside it would have the same host names. Where no home has an id it cannot be told.
 */
export async function assertOwnHome(
  request: Request,
  { guests }: ObservedCluster,
  mark: string,
): Promise<void> {
  const { recorded, context } = request;
  if (recorded !== undefined || stackOf(context.urn).origin === undefined) return;
  for (const [tag, machines] of namesakes(request, guests, mark)) {
    const [first] = machines;
    const isOthers = first !== undefined && (await isFromOtherHome(request, first));
    if (isOthers)
      throw otherHome(
        request,
        [...guests.values()].filter(({ tags }) => tags.includes(tag)),
      );
  }
}

/** Machines of ours by name and tags, of other marks than this one: by the tag of their mark. */
function namesakes(
  { inputs }: Request,
  guests: ObservedCluster["guests"],
  mark: string,
): Map<string, ObservedGuest[]> {
  const names = new Set(wantedNames(inputs).map((seat) => hostName(inputs, seat)));
  const others = [...guests.values()].filter(
    ({ name, template, tags }) =>
      name !== undefined && names.has(name) && !template && !tags.includes(markTag(mark)),
  );
  const tagged = others.flatMap((guest) => {
    const [tag] = markTagsIn(guest.tags);
    return tag === undefined ? [] : [{ tag, guest }];
  });
  const groups = Map.groupBy(tagged, ({ tag }) => tag);
  return new Map([...groups].map(([tag, group]) => [tag, group.map(({ guest }) => guest)]));
}

/** Tags prove nothing; the notes name the stack. Those that our token cannot read are left to themselves. */
async function isFromOtherHome(
  { cluster, context }: Request,
  { node, vmid }: ObservedGuest,
): Promise<boolean> {
  const ours = stackOf(context.urn);
  try {
    const { stack, origin } = claimsOf((await readGuestConfig(cluster.client, { node, vmid })).description);
    return stack === `${ours.project}/${ours.stack}` && origin !== ours.origin;
  } catch (error) {
    if (PveError.is(error, "pve.forbidden", "pve.not-found")) return false;
    throw error;
  }
}

function otherHome({ inputs }: Request, machines: readonly ObservedGuest[]): CoppiceError {
  const said = machines
    .map(({ name = "", vmid, node }) => ({ seat: name, vmid, node }))
    .sort((a, b) => a.vmid - b.vmid);
  return new CoppiceError("pool.other-home", {
    what: `Class '${inputs.class}' cannot be made`,
    why: `its machines stand there already, made from a state in another home: ${foldedSeats(said)}`,
    wayOut:
      "Use the state that they were made from: the same PULUMI_BACKEND_URL, or the same COPPICE_HOME. For a class of your own choose another name",
  });
}
