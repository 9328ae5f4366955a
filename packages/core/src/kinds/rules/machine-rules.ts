import type { Mistake, Rule } from "../../description/mistake.ts";
import { formatIpv4, parseIpv4 } from "../../values/ipv4.ts";
import { formatSize, parseSize } from "../../values/size.ts";
import type { Address, ClassMethod, DataDisk, Generation, Hardware } from "../generated/inputs.ts";
import { type Counted, type CountField, seatTotal } from "./count-rules.ts";

const MIB = 2 ** 20;

/** An empty list of nodes is nobody's wish. */
export const nodesRule: Rule<{ readonly nodes?: readonly string[] }> = {
  needs: ["nodes"],
  find: ({ nodes }) =>
    nodes?.length === 0
      ? [{ path: ["nodes"], reason: "is an empty list; name nodes, or leave it out for all that are online" }]
      : [],
};

/** The method `bulk` makes no disk but those of the template. */
export const bulkRule: Rule<{ readonly dataDisk?: DataDisk; readonly method: ClassMethod }> = {
  needs: ["dataDisk", "method"],
  find: ({ dataDisk, method }) => {
    if (dataDisk === undefined || method !== "bulk") return [];
    const reason =
      'cannot be made by method "bulk", which copies configurations only; choose method "overlay"';
    return [{ path: ["dataDisk"], reason }];
  },
};

/** Proxmox refuses a machine whose memory is below what its balloon leaves it. */
export const memoryRule: Rule<{ readonly hardware?: Hardware; readonly base: Pick<Generation, "config"> }> = {
  needs: ["hardware.memory", "base.config"],
  find: ({ hardware, base }) => {
    const memory = hardware?.memory;
    const least = Number(base.config["balloon"] ?? 0) * MIB;
    if (memory === undefined || parseSize(memory) >= least) return [];
    const limit = `the template's minimum of ${formatSize(least)}, its 'balloon'`;
    return [{ path: ["hardware", "memory"], reason: `is "${memory}", below ${limit}; choose that or more` }];
  },
};

type Inputs = Counted & { readonly cloudInit?: { readonly address?: Address } };

/** Every seat's address lies in the network of the first, below the one that reaches all, and none is the gateway's. */
export function addressRule(field: CountField): Rule<Inputs> {
  return { needs: ["cloudInit.address", field, "roster"], find: addressMistakes };
}

function addressMistakes({ cloudInit, ...counted }: Inputs): Mistake[] {
  const { first, gateway } = cloudInit?.address ?? {};
  if (first === undefined) return [];
  const [ip = "", prefix = ""] = first.split("/");
  const size = 2 ** (32 - Number(prefix));
  const start = parseIpv4(ip);
  const network = Math.floor(start / size) * size;
  const seats = seatTotal(counted);
  const at = (field: string, reason: string): Mistake[] => [
    { path: ["cloudInit", "address", field], reason },
  ];
  if (start === network && size > 2)
    return at(
      "first",
      `is "${first}", the network itself; begin with "${formatIpv4(network + 1)}/${prefix}"`,
    );
  if (start + seats - 1 >= network + size - 1) {
    const reason = `is "${first}", and its network ends before the last of ${seats} seats`;
    return at("first", `${reason}; choose a lower address or a larger network`);
  }
  const seat = gateway === undefined ? -1 : parseIpv4(gateway) - start;
  if (seat < 0 || seat >= seats) return [];
  const reason = `is "${gateway}", which seat number ${seat + 1} would get`;
  return at("gateway", `${reason}; begin with a higher address, or name the gateway that there is`);
}
