/**
 * Thrown where pveproxy says nothing: its handler died, or it read more than it keeps. A genuine node closes such a
 * connection after five seconds of silence, this one at once.
 */
export class NoAnswer extends Error {}
