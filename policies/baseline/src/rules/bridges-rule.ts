import { type AllowedNames, allowedNames, foreignNames } from "./allowed-names.ts";
import type { Described, Rule } from "./rule.ts";

/** Machines reach no network but those that are meant for them. */
export const bridgesRule: Rule<AllowedNames> = {
  name: "bridges",
  description: "Machines are connected to allowed bridges only.",
  settings: allowedNames("Bridges and vnets; `lab-*` stands for all with that beginning. Any when absent."),
  find: {
    OverlayPool: (inputs, { settings }) =>
      foreignNames(`Class "${inputs.class}" is connected to bridge`, () => bridgesOf(inputs), settings),
  },
};

/** The template's cards are the machines' too; what the class says concerns the first. */
function bridgesOf({ network, base }: Described["OverlayPool"]): string[] {
  const said = network?.bridge;
  const cards = Object.keys(base.config).filter((option) => /^net\d+$/.test(option));
  const [first] = cards.sort((one, other) => Number(one.slice(3)) - Number(other.slice(3)));
  const inherited = cards
    .filter((card) => said === undefined || card !== first)
    .map((card) => base.config[card]);
  return [said, ...inherited.map(bridgeIn)].filter((bridge) => bridge !== undefined);
}

function bridgeIn(card: string | undefined): string | undefined {
  return /(?:^|,)bridge=([^,]+)/.exec(card ?? "")?.[1];
}
