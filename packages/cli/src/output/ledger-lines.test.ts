import { noAmounts } from "@coppice/core";
import { expect, test } from "vitest";
import { ledgerLines } from "./ledger-lines.ts";

const amounts = { machines: 25, cores: 50, memory: 100 * 2 ** 30, storage: 0 };
const account = { tenant: "acme", cluster: "main" };
const reservation = {
  ...account,
  fence: 7,
  what: 'class "b"',
  operation: "h0:coppice-tenant/acme.main",
  holder: "ada@laptop (process 4711)",
  amounts: { ...noAmounts, machines: 3 },
  ends: 40_000,
};

test("the ledger is told with what is held, for whom, and until when", () => {
  const reservations = [
    { ...reservation, lapsed: false },
    { ...reservation, what: 'class "c"', ends: 5_000, lapsed: true },
  ];
  expect(
    ledgerLines([{ ...account, holdings: [{ what: 'class "a"', amounts }], reservations }], 30_000),
  ).toEqual([
    "TENANT  CLUSTER  WHAT       MACHINES  CORES  MEMORY   STORAGE",
    'acme    main     class "a"  25        50     100 GiB  0 bytes',
    'acme    main     class "b"  3         0      0 bytes  0 bytes  held for ada@laptop (process 4711); lapses in 10 s unless it is renewed',
    'acme    main     class "c"  3         0      0 bytes  0 bytes  held for ada@laptop (process 4711); lapsed 25 s ago, does not count',
  ]);
});

test("of nothing, that is said", () => {
  expect(ledgerLines([], 0)).toEqual(["No tenant has or was promised anything."]);
});
