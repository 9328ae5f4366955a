import { resolve } from "node:path";
import type { Asking } from "./asking.ts";
import type { Choice } from "./choice.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { refused } from "./refused.ts";

const TOKEN_FILE = "pve-token";

/** A token where it is kept, or as it was typed. */
type Token = string | { readonly file: string } | { readonly env: string };

/** Where the API token is found. A typed one goes into a file that git ignores and only its owner reads. */
export async function chooseToken(
  { tokenFile, tokenEnv }: ClusterWish,
  { questions }: Asking,
): Promise<Choice<Token>> {
  if (tokenFile !== undefined && tokenEnv !== undefined)
    throw refused(
      "The token is said to be both in a file and in a variable",
      "Give --token-file or --token-env",
    );
  const named = tokenFile === undefined ? tokenEnv && { env: tokenEnv } : { file: resolve(tokenFile) };
  if (named) return { tried: named, kept: named, files: [] };
  const typed = await questions?.askSecret("API token, as user@realm!name=secret (it is not shown)");
  if (typed === undefined)
    throw refused(
      "No API token is given",
      "Give --token-file with the file, or --token-env with the variable, that holds it",
    );
  if (!/^[^\s@!=]+@[^\s@!=]+![^\s@!=]+=\S+$/.test(typed))
    throw refused(
      "What was typed is no API token",
      "Write it as user@realm!name=secret; `pveum user token add` shows the secret once",
    );
  return { tried: typed, kept: { file: TOKEN_FILE }, files: [{ name: TOKEN_FILE, text: `${typed}\n` }] };
}
