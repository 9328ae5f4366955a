import { isDeepStrictEqual } from "node:util";
import { networkCards, placeOfCard, readBridges } from "@coppice/clusters";
import { isUnknown } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";
import { refusal } from "./refusal.ts";

/**
 * Refuses seats whose network cards could not be plugged in where they are to be: Proxmox takes the name of any bridge,
 * and such a machine does not start.
 */
export async function assertNetwork(run: ClassRun): Promise<void> {
  const nodes = nodesOf(run);
  if (nodes.length === 0) return;
  const { base, network } = run.inputs;
  const cards = networkCards(base.config, network);
  if (network?.tag !== undefined && cards.length === 0) throw noCard(run, network.tag);
  const bridges = cards.flatMap((card) => placeOfCard(card).bridge ?? []).filter((name) => !isUnknown(name));
  const problems = await Promise.all(
    nodes.map(async (node) => {
      const [problem] = await readBridges(run.cluster, node, bridges, run.permissions);
      return problem === undefined ? [] : [{ node, ...problem }];
    }),
  );
  const [problem] = problems.flat();
  if (problem === undefined) return;
  throw refusal(run, "pool.network", `node '${problem.node}' ${problem.what}`, problem.wayOut);
}

/** Where machines are made, or have their card moved; a node that is away is not asked. */
function nodesOf({ plan, inputs, recorded, observed }: ClassRun): string[] {
  const isMoved = !isDeepStrictEqual(inputs.network, recorded?.network);
  const online = new Set(observed.nodes.flatMap(({ node, state }) => (state === "online" ? [node] : [])));
  const placed = plan.seats.filter(
    ({ verb, settings }) => verb === "make" || (isMoved && (verb === "change" || settings === true)),
  );
  return [...new Set(placed.map(({ node }) => node))].filter((node) => online.has(node));
}

function noCard(run: ClassRun, tag: number): Error {
  return refusal(
    run,
    "pool.network",
    `'network.tag' is ${tag}, and the template has no network card`,
    "Name a bridge in 'network.bridge' too: each seat gets a card on it",
  );
}
