/** How long leases live, in milliseconds. */
export const leaseTimes = {
  /** Between two signs of a holder's life. */
  renew: 5_000,
  /** Without a sign of life for so long, a holder is taken to be dead. */
  lapse: 30_000,
  /** Between two looks of whoever waits. */
  look: 200,
} as const;
