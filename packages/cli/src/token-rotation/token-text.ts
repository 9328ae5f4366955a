import { randomBytes } from "node:crypto";
import type { TokenName } from "@coppice/pve";

/**
 * The parts of a full token id.
 *
 * @example nameOfToken("coppice@pve!classes") // { userid: "coppice@pve", tokenid: "classes" }
 */
export function nameOfToken(full: string): TokenName {
  const mark = full.indexOf("!");
  return { userid: full.slice(0, mark), tokenid: full.slice(mark + 1) };
}

/** The id in a token's text `user@realm!name=secret`; undefined where it is none. */
export function idOfToken(text: string): string | undefined {
  return /^([^\s=@!]+@[^\s=@!]+![^\s=!]+)=\S+$/.exec(text)?.[1];
}

/**
 * The id of the token that follows: the name, and a mark drawn anew each time.
 *
 * @example nextToken("coppice@pve!classes") // "coppice@pve!classes-5e6c54e0"
 */
export function nextToken(full: string, mark = randomBytes(4).toString("hex")): string {
  const { userid, tokenid } = nameOfToken(full);
  const name = tokenid.replace(/-[0-9a-f]{8}$/, "").slice(0, 32);
  return `${userid}!${name}-${mark}`;
}
