/**
 * The name under which the spare machine of a seat carries the pool's mark: it only brings fresh disks and goes again.
 * No seat is called so, since seats are host names, and those have no '+'.
 */
export function spareName(seat: string): string {
  return `+${seat}`;
}

/** The seat that a spare machine was made for; undefined for the name of a seat itself. */
export function seatOfSpare(name: string): string | undefined {
  return name.startsWith("+") ? name.slice(1) : undefined;
}
