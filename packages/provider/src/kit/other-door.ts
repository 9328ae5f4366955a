import { isProperties, type JsonValue, withCode } from "@coppice/core";
import type { CheckFailure } from "./check-failures.ts";

/** The ways from a program to a resource. */
export type Door = "plugin" | "dynamic";

/** The type under which each door registers a resource. */
export const typeBehind: Readonly<Record<Door, (name: string) => string>> = {
  plugin: (name) => `coppice:index:${name}`,
  dynamic: (name) => `pulumi-nodejs:dynamic/coppice:${name}`,
};

/**
 * Refuses a resource that another door keeps. Its type is another there, so the engine would make all machines a second
 * time and remove the old ones with what people wrote to them; an alias lets it ask with what is recorded (`olds`).
 * Dynamic resources are known by the text of their provider among their inputs.
 */
export function refuseOtherDoor(door: Door, name: string, olds: JsonValue | undefined): CheckFailure[] {
  if (!isProperties(olds) || Object.keys(olds).length === 0) return [];
  const keeper: Door = Object.hasOwn(olds, "__provider") ? "dynamic" : "plugin";
  if (keeper === door) return [];
  const reason =
    `this ${name} was made with coppice:door ${keeper} and is asked for with ${door}, which would make all of it anew ` +
    `and remove what there is. Type \`pulumi config set coppice:door ${keeper}\`; to change doors, destroy the stack first.`;
  return [{ property: "", reason: withCode(reason, "provider.door") }];
}
