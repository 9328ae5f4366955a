import type { BaseGenerationState, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { putGuestConfig, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

describe("fixed addresses", () => {
  let lab: ClassLab;
  let base: BaseGenerationState;
  let state: OverlayPoolState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1 });
    base = await lab.generation();
    ({ state } = await lab.bring(inputs(["ada", "grace", "hedy"])));
    await lab.cluster.control.save("made");
  });
  beforeEach(() => lab.cluster.restore("made"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const inputs = (
    roster: readonly string[],
    more: Partial<OverlayPoolInputs> = {},
    first = "10.0.0.10/24",
  ): OverlayPoolInputs => poolInputs(base, { roster, cloudInit: { address: { first } }, ...more });
  const addresses = async ({ seats }: OverlayPoolState): Promise<Readonly<Record<string, number>>> => {
    const found = Object.entries(seats).map(async ([seat, place]) => {
      const { values } = await readGuestConfig(lab.cluster.client, place);
      return [seat, Number(/^ip=10\.0\.0\.(\d+)\/24$/.exec(values["ipconfig0"] ?? "")?.[1])] as const;
    });
    return Object.fromEntries(await Promise.all(found));
  };

  test("go to the seats in their order", async () => {
    expect(await addresses(state)).toEqual({ ada: 10, grace: 11, hedy: 12 });
  });

  test("stay with a seat when another one leaves the roster, and go to the next that comes", async () => {
    const left = await lab.bring(inputs(["grace", "hedy"]), state);
    expect(await addresses(left.state)).toEqual({ grace: 11, hedy: 12 });
    const came = await lab.bring(inputs(["grace", "hedy", "ida", "joan"]), left.state);
    expect(await addresses(came.state)).toEqual({ grace: 11, hedy: 12, ida: 10, joan: 13 });
    const more = { hardware: { cores: 2 } };
    const changed = await lab.bring(inputs(["joan", "ida", "hedy", "grace"], more), came.state);
    expect(await addresses(changed.state)).toEqual({ grace: 11, hedy: 12, ida: 10, joan: 13 });
    expect(lab.diff(inputs(["joan", "ida", "hedy", "grace"], more), changed.state).changes).toEqual([]);
  });

  test("stay with a seat that could not be removed: nobody else gets its address meanwhile", async () => {
    const grace = placeOf(state, "grace");
    await putGuestConfig(lab.cluster.client, grace, { protection: true });
    const swapped = await lab.bring(inputs(["ada", "hedy", "joan"]), state);
    expect(swapped.unfinished).toEqual([
      expect.objectContaining({ item: "joan", code: "pool.address-held" }),
      expect.objectContaining({ item: "grace" }),
    ]);
    const again = await lab.bring(inputs(["ada", "hedy", "joan"]), swapped.state);
    expect(again.unfinished?.map(({ item }) => item)).toEqual(["grace"]);
    expect(await addresses(again.state)).toEqual({ ada: 10, grace: 11, hedy: 12, joan: 13 });
    await putGuestConfig(lab.cluster.client, grace, { protection: false });
    const gone = await lab.bring(inputs(["ada", "hedy", "joan"]), again.state);
    const came = await lab.bring(inputs(["ada", "hedy", "joan", "ida"]), gone.state);
    expect(await addresses(came.state)).toEqual({ ada: 10, hedy: 12, joan: 13, ida: 11 });
  });

  test("follow the order again when others are wanted", async () => {
    const left = await lab.bring(inputs(["grace", "hedy"]), state);
    const moved = await lab.bring(inputs(["grace", "hedy"], {}, "10.0.0.50/24"), left.state);
    expect(await addresses(moved.state)).toEqual({ grace: 50, hedy: 51 });
    expect(moved.state.exceptions).toBeUndefined();
  });
});
