import type { Finding } from "../check.ts";

/** What npm is told to run: it fetches the name where the folder's packages do not have it. */
const runs = /\b(?:npx|npm exec|npm x|bunx|pnpm dlx|yarn dlx)\s+(?<words>[^|;&`"')]+)/g;

/** What npm is told to install. */
const installs = /\bnpm (?:install|i|add|link)\s+(?<words>[^|;&`"')]+)/g;

/** Our commands, which are nobody's names on npm yet: whoever takes one runs code on our readers' machines. */
const commands = new Set(["coppice", "pulumi-resource-coppice"]);

/** Refuses to fetch what is not installed. */
const refusing = new Set(["--no", "--no-install"]);

/**
 * Finds lines that fetch a name from npm that is not ours, or that was never published. Our packages are, when there is
 * a release: then only the commands' bare names remain forbidden here.
 */
export function findForeignNames(file: string, text: string): Finding[] {
  return text.split("\n").flatMap((line, index): Finding[] => {
    const names = [...namesIn(line, runs), ...namesIn(line, installs)];
    return names
      .filter((name) => commands.has(name) || name.startsWith("@coppice/"))
      .map((name) => ({
        rule: "foreign-npm-name",
        place: `${file}:${index + 1}`,
        message: `npm would fetch ${name}, which nobody of us has published: write the command as it is found on PATH`,
      }));
  });
}

function namesIn(line: string, pattern: RegExp): string[] {
  return [...line.matchAll(pattern)].flatMap(({ groups }) => {
    const words = (groups?.["words"] ?? "").split(/\s+/).filter(Boolean);
    return words.some((word) => refusing.has(word)) ? [] : words.filter((word) => !word.startsWith("-"));
  });
}
