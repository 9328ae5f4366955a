const BEHIND_DOORS = /^(?:coppice:index:|pulumi-nodejs:dynamic\/coppice:)(\w+)$/;

/**
 * What a resource of ours is called whichever door keeps it; undefined for any other.
 *
 * @example resourceName("pulumi-nodejs:dynamic/coppice:OverlayPool") // "OverlayPool"
 */
export function resourceName(type: string): string | undefined {
  return BEHIND_DOORS.exec(type)?.[1];
}
