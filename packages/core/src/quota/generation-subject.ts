import { classSubject } from "./class-subject.ts";

/**
 * How the sentences about a tenant's limits call a generation of a class.
 *
 * @example generationSubject(2, "networks-101") // 'generation 2 of class "networks-101"'
 */
export function generationSubject(number: number | string, of: string): string {
  return `generation ${number} of ${classSubject(of)}`;
}
