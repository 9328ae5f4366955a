import { errorCodes } from "../../packages/core/src/errors/error-code.ts";

const INTRO = `# Error codes

A message ends with its code: \`… [pool.space]\`. A code never changes once released. *for* says who can do something
about it (\`user\`: who asked; \`operator\`: who runs the installation; \`bug\`: we), and the status is that of an HTTP
answer that ends with it.
`;

/** Every error code: whom it is for, what it means and what to do. */
export function errorsPage(): string {
  const rows = Object.entries(errorCodes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { audience, status, meaning, wayOut }]) =>
        `| \`${code}\` | ${audience} | ${status} | ${meaning} ${wayOut}. |`,
    );
  const head = ["| code | for | status | what it means and what to do |", "|---|---|---|---|"];
  return [INTRO, ...head, ...rows, ""].join("\n");
}
