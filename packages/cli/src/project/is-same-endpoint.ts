/** Whether two addresses of the API are one, however they are spelled. Two nodes of one cluster are taken for two. */
export function isSameEndpoint(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((each) => (typeof each === "string" ? URL.parse(each)?.host : undefined));
  return a !== undefined && a === b;
}
