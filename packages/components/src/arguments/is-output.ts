import { isPromise } from "node:util/types";
import { Output } from "@pulumi/pulumi";

/** Whether a value of a program is known only during the run. */
export function isOutput(value: unknown): boolean {
  return Output.isInstance(value) || isPromise(value);
}
