/** One wrong argument of a component, and what must be said of it. */
export interface WrongArgument {
  readonly component: "LabClass" | "OverlayVmPool";
  /** The field that was meant, for example `hardware.memory`; empty when no field was. */
  readonly field: string;
  /** The arguments as a program writes them; `right` stands for some that are right. */
  readonly args: string;
  /** All sentences, in their order. */
  readonly says: readonly string[];
}

/** A class whose arguments are right but for what is given. */
export function wrong(field: string, change: string, ...says: readonly string[]): WrongArgument {
  return { component: "LabClass", field, args: `{ ...right, ${change} }`, says };
}
