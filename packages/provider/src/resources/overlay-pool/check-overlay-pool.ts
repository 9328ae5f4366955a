import { findNameProblem } from "@coppice/core";
import type { InputRule } from "../../kit/define-resource.ts";
import { findRangeProblems } from "../../kit/find-range-problems.ts";
import type { CheckFailure } from "../../kit/resource-handler.ts";
import type { OverlayPoolInputs } from "./inputs/class-inputs.ts";
import { hostName } from "./plan/plan-class.ts";
import { wantedNames } from "./plan/recorded-seats.ts";
import { parseIpv4 } from "./seat/seat-address.ts";

const CHOICES = {
  start: ["never", "after-create"],
  method: ["auto", "overlay", "linked", "bulk"],
} as const;

const POLICIES = ["reset", "keep", "defer", "reset-if-untouched"];

/** What may be wrong with the inputs of a class by themselves: each failure names field, value, limit and way out. */
export const overlayPoolRules: readonly InputRule<OverlayPoolInputs>[] = [
  { needs: ["count", "roster", "class"], find: findSeatProblems },
  { needs: ["vmids"], find: ({ vmids }) => findRangeProblems(vmids) },
  { needs: ["vmids", "count", "roster"], find: findSizeProblems },
  { needs: ["start", "method", "publish"], find: findChoiceProblems },
  { needs: ["hardware", "base"], find: findMemoryProblems },
  { needs: ["hardware", "startBatch", "dataDisk", "method"], find: findMachineProblems },
  { needs: ["network", "tags"], find: findNetworkProblems },
  { needs: ["cloudInit", "count", "roster"], find: findAddressProblems },
  { needs: ["reset", "undo", "publish", "count", "roster"], find: findOrderProblems },
];

function findSeatProblems(inputs: OverlayPoolInputs): CheckFailure[] {
  const { count, roster } = inputs;
  if (count !== undefined && roster !== undefined) {
    return [refuse("roster", "contradicts 'count'; give the number of seats or their names, not both")];
  }
  if (count === undefined && roster === undefined)
    return [refuse("count", "is missing; give 'count' or 'roster'")];
  if (count !== undefined && count < 0)
    return [refuse("count", `${count} is below 0; give the number of seats`)];
  const failures = (roster ?? []).flatMap((seat, index) => findNamesake(inputs, seat, index));
  const name = findNameProblem("class", inputs.class);
  return name === undefined ? failures : [refuse("class", `'${inputs.class}': ${name}`), ...failures];
}

function findNamesake(inputs: OverlayPoolInputs, seat: string, index: number): CheckFailure[] {
  const field = `roster[${index}]`;
  if (inputs.roster?.indexOf(seat) !== index)
    return [refuse(field, `'${seat}' is in the roster twice; every seat needs a name of its own`)];
  const why = findNameProblem("seat", seat) ?? findNameProblem("guest", hostName(inputs, seat));
  return why === undefined ? [] : [refuse(field, `'${seat}' cannot be a host name: ${why}`)];
}

function findSizeProblems(inputs: OverlayPoolInputs): CheckFailure[] {
  const size = inputs.vmids.to - inputs.vmids.from + 1;
  const seats = inputs.roster?.length ?? inputs.count ?? 0;
  if (size < 1 || seats <= size) return [];
  return [
    refuse(
      "vmids",
      `holds ${size} numbers for ${seats} seats; widen it to at least ${inputs.vmids.from}–${inputs.vmids.from + seats - 1}`,
    ),
  ];
}

function findChoiceProblems(inputs: OverlayPoolInputs): CheckFailure[] {
  const wrong = (field: keyof typeof CHOICES) => !CHOICES[field].some((choice) => choice === inputs[field]);
  const choices = (["start", "method"] as const)
    .filter(wrong)
    .map((field) => refuse(field, `'${inputs[field]}' is none of ${CHOICES[field].join(", ")}`));
  const policies = [
    ["publish.policy", inputs.publish?.policy],
    ...Object.entries(inputs.publish?.policyOf ?? {}).map(([seat, policy]) => [
      `publish.policyOf["${seat}"]`,
      policy,
    ]),
  ];
  const strange = policies.filter(([, policy]) => policy !== undefined && !POLICIES.includes(policy));
  return [
    ...choices,
    ...strange.map(([field, policy]) =>
      refuse(field ?? "publish", `'${policy}' is none of ${POLICIES.join(", ")}`),
    ),
  ];
}

function findMemoryProblems({ hardware, base }: OverlayPoolInputs): CheckFailure[] {
  const memoryMiB = hardware?.memoryMiB;
  const least = Number(base.config["balloon"] ?? 16);
  if (memoryMiB === undefined || memoryMiB >= least) return [];
  const limit = `the template's minimum of ${least} MiB`;
  return [refuse("hardware.memoryMiB", `${memoryMiB} MiB is below ${limit}; choose that or more`)];
}

function findMachineProblems({ hardware, startBatch, dataDisk, method }: OverlayPoolInputs): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const cores = hardware?.cores;
  if (cores !== undefined && (cores < 1 || cores > 512))
    failures.push(refuse("hardware.cores", `${cores} is not possible; choose 1 to 512`));
  if (startBatch < 1)
    failures.push(refuse("startBatch", `${startBatch} would start nothing; choose 1 or more`));
  if (dataDisk !== undefined && dataDisk.sizeGiB < 1)
    failures.push(refuse("dataDisk.sizeGiB", `${dataDisk.sizeGiB} is not a size; choose 1 or more`));
  if (dataDisk !== undefined && method === "bulk") {
    failures.push(
      refuse(
        "dataDisk",
        "cannot be made by method 'bulk', which copies configurations only; choose method 'overlay'",
      ),
    );
  }
  return failures;
}

/** Limits as Proxmox's own schema has them (qemu-server, Network.pm; pve-common, `pve-tag`). */
function findNetworkProblems({ network, tags = [] }: OverlayPoolInputs): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const tag = network?.tag;
  if (tag !== undefined && (tag < 1 || tag > 4094))
    failures.push(refuse("network.tag", `${tag} is not a VLAN; choose 1 to 4094`));
  for (const [index, text] of tags.entries()) {
    if (/^[a-z0-9_][a-z0-9_.+-]*$/i.test(text)) continue;
    failures.push(
      refuse(`tags[${index}]`, `'${text}' is not a tag; use letters, digits, '_', '-', '+' and '.'`),
    );
  }
  return failures;
}

function findAddressProblems(inputs: OverlayPoolInputs): CheckFailure[] {
  const address = inputs.cloudInit?.address;
  if (address === undefined) return [];
  const [ip = "", prefix = ""] = address.first.split("/");
  if (!isIpv4(ip) || !/^(?:[1-9]|[12]\d|3[0-2])$/.test(prefix)) {
    return [
      refuse(
        "cloudInit.address.first",
        `'${address.first}' is not an address with a prefix length; write it like 10.0.0.10/24`,
      ),
    ];
  }
  const seats = inputs.roster?.length ?? inputs.count ?? 0;
  const last = parseIpv4(ip) + seats - 1;
  const end =
    Math.floor(parseIpv4(ip) / 2 ** (32 - Number(prefix))) * 2 ** (32 - Number(prefix)) +
    2 ** (32 - Number(prefix)) -
    1;
  return last < end
    ? []
    : [
        refuse(
          "cloudInit.address.first",
          `leaves the network ${address.first} before the last of ${seats} seats; choose a lower address or a larger network`,
        ),
      ];
}

function findOrderProblems(inputs: OverlayPoolInputs): CheckFailure[] {
  const names = new Set(wantedNames(inputs));
  const orders = [
    ["reset", inputs.reset],
    ["undo", inputs.undo],
    ["publish.policyOf", inputs.publish?.policyOf],
  ] as const;
  return orders.flatMap(([field, values]) =>
    Object.keys(values ?? {})
      .filter((seat) => !names.has(seat))
      .map((seat) => refuse(`${field}["${seat}"]`, "is not a seat of this class; check its name")),
  );
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split(".").every((byte) => Number(byte) <= 255);
}

function refuse(property: string, reason: string): CheckFailure {
  return { property, reason };
}
