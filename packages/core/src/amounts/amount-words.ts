import { sizeWords } from "../values/size.ts";
import type { AmountName } from "./amounts.ts";

/** How an amount is written. */
interface AmountWords {
  /** The number with its unit: `25`, `64 GiB`. */
  readonly figure: (amount: number) => string;
  /** The same with what is counted: `25 machines`, `64 GiB of memory`. */
  readonly words: (amount: number) => string;
  /** What comes behind an amount that does not fit: `15 too many`. */
  readonly excess: string;
}

/** Each thing that is counted, as people read it. Sizes are told to the MiB: who is over a limit by little has to see it. */
export const amountWords: Readonly<Record<AmountName, AmountWords>> = {
  machines: counted("machine"),
  cores: counted("core"),
  memory: measured("memory"),
  storage: measured("storage"),
};

function counted(thing: string): AmountWords {
  const words = (amount: number) => `${amount} ${thing}${amount === 1 ? "" : "s"}`;
  return { figure: String, words, excess: "too many" };
}

function measured(thing: string): AmountWords {
  return { figure: signedSize, words: (amount) => `${signedSize(amount)} of ${thing}`, excess: "too much" };
}

const GIB = 2 ** 30;
const TIB = 2 ** 40;

function signedSize(bytes: number): string {
  if (bytes < 0) return `-${signedSize(-bytes)}`;
  return bytes < GIB || bytes % TIB === 0
    ? sizeWords(bytes)
    : `${Math.round((bytes / GIB) * 1000) / 1000} GiB`;
}
