import { expect, test } from "vitest";
import { networkCards, placeOfCard } from "./network-cards.ts";

const config = {
  net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=3",
  net1: "e1000=BC:24:11:00:00:02,bridge=vmbr9",
};
const places = (...[of, network]: Parameters<typeof networkCards>) =>
  networkCards(of, network).map((card) => ({ key: card.key, ...placeOfCard(card) }));

test.each([
  ["stay where the template has them", undefined, { bridge: "vmbr0", tag: "3" }],
  ["follow the class to another bridge", { bridge: "vmbr5" }, { bridge: "vmbr5", tag: "3" }],
  ["follow the class into another VLAN", { tag: 7 }, { bridge: "vmbr0", tag: "7" }],
])("the first card of a machine: cards %s", (_, network, first) => {
  expect(places(config, network)).toEqual([
    { key: "net0", ...first },
    { key: "net1", bridge: "vmbr9", tag: undefined },
  ]);
});

test("a template without a card gets one where the class names a bridge, and none for a VLAN alone", () => {
  expect(places({}, { bridge: "vmbr5", tag: 7 })).toEqual([{ key: "net0", bridge: "vmbr5", tag: "7" }]);
  expect(places({}, { tag: 7 })).toEqual([]);
  expect(places({})).toEqual([]);
});
