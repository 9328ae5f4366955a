import type { Input } from "@pulumi/pulumi";
import type { RenewalArgs, SeatsArgs } from "../seats/seats-args.ts";

/** Arguments of `LabClass`. */
export interface LabClassArgs extends SeatsArgs {
  /**
   * A machine for the teacher beside the seats, on generation 1, from which further generations can be published.
   * It takes the first number of `vmids`, which no seat gets. Its address comes from DHCP. @default false
   */
  readonly teacher?: boolean;
  /** Publishes a further generation to the seats. For example `{ generation: 2, from: "teacher" }`. */
  readonly publish?: PublishArgs;
}

/** A further generation of a class. */
export interface PublishArgs extends RenewalArgs {
  /** Its number: 2 or more, and one higher at each publication. For example `2`. */
  readonly generation: number;
  /** The stopped machine of the teacher, or another template. For example `"teacher"` or `{ vmid: 9001 }`. */
  readonly from: "teacher" | { readonly vmid: Input<number> };
}
