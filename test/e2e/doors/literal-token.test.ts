import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";

const program = `import { Pool } from "@coppice/components";
new Pool("lab", { poolid: "lab" });
`;

let emulator: Emulator;
let stack: ClassStack;
let token: string;

beforeAll(async () => {
  emulator = await startEmulator({ nodes: 1 });
  token = `${emulator.token.id}=${emulator.token.secret}`;
  stack = await ClassStack.create(emulator, { example: "lab-class", program });
});
afterAll(async () => {
  await stack.remove();
  await emulator.stop();
});

/** Configures the cluster with the token itself where a reference to it would be. */
async function configureLiteral(...flags: readonly string[]): Promise<void> {
  const clusters = stack.clusters.replace(/"token":\{[^}]*\}/, `"token":${JSON.stringify(token)}`);
  expect(await stack.failureOf("config", "set", ...flags, "coppice:clusters", clusters)).toBe("");
}

test("a token in the configuration itself is refused, since it would be readable in the stack's files", async () => {
  await configureLiteral("--plaintext");
  const { code, stdout, stderr } = await stack.run("preview");
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain("coppice:clusters.main.token is a literal");
});

test("without a preview too, and it is in no state: the engine keeps a provider before it is told of the refusal", async () => {
  const { code, stdout, stderr } = await stack.run("up", "--yes", "--skip-preview");
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain("coppice:clusters.main.token is a literal");
  expect(JSON.stringify(await stack.project.state())).not.toContain(emulator.token.secret);
});

test("one in a secret is taken, and is in the state encrypted alone", async () => {
  await configureLiteral("--secret");
  expect(await stack.failureOf("up", "--yes")).toBe("");
  expect(JSON.stringify(await stack.project.state())).not.toContain(emulator.token.secret);
  expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
});
