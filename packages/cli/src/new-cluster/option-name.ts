import type { ClusterWish } from "./cluster-wish.ts";

/**
 * The option of a command by which a part of a cluster is given.
 *
 * @example optionName("tokenEnv") // "--token-env"
 */
export function optionName(part: keyof ClusterWish): string {
  return `--${part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
