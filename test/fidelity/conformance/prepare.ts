import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "@coppice/emulator";
import type { HttpClient } from "./http-client.ts";
import type { Identities } from "./identities.ts";
import type { Step } from "./preparation.ts";
import type { StatusRounds } from "./status-rounds.ts";

/** Where preparations happen. */
export interface Workshop {
  readonly emulator: Emulator;
  readonly client: HttpClient;
  readonly identities: Identities;
  readonly rounds: StatusRounds;
}

async function call(
  shop: Workshop,
  method: string,
  path: string,
  params: Readonly<Record<string, string>>,
): Promise<unknown> {
  const headers = await shop.identities.headers({ method, auth: "root", csrf: true });
  const form = Buffer.from(new URLSearchParams(params).toString());
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await shop.client.send({
    method,
    path: `/api2/json${path}`,
    headers: { ...headers, ...type },
    body: form,
  });
  if (answer.status !== 200)
    throw new Error(`preparation ${method} ${path}: ${answer.status} ${answer.reason}`);
  // as: every answer with status 200 has this envelope.
  const body = JSON.parse(answer.body.toString()) as { data: unknown };
  if (typeof body.data === "string") await shop.emulator.cluster.tasks.find(body.data)?.done;
  return body;
}

function image(
  shop: Workshop,
  { folder, image: args, node }: Extract<Step, { readonly image: unknown }>,
): void {
  const { cluster } = shop.emulator;
  const { root } = node === undefined ? cluster.firstNode : cluster.node(node);
  const at = join(root, folder);
  mkdirSync(at, { recursive: true });
  // Absolute backing paths are the node's: they only resolve inside its own file tree.
  const unsafe = args.some((arg) => arg.startsWith("/")) ? ["-u", "1G"] : [];
  execFileSync(
    "qemu-img",
    [...args.slice(0, 1), ...unsafe.slice(0, 1), ...args.slice(1), ...unsafe.slice(1)],
    { cwd: at },
  );
}

function removeFile(shop: Workshop, path: string): void {
  const { files } = shop.emulator.cluster;
  rmSync(join(files.folder, path), { force: true });
  files.rescan();
}

function edit(shop: Workshop, path: string, lines: readonly string[]): void {
  const { files } = shop.emulator.cluster;
  const kept = (files.read(path) ?? "")
    .split("\n")
    .filter((line) => line !== "" && !lines.includes(`-${line}`));
  const added = lines.filter((line) => !line.startsWith("-"));
  files.write(path, [...kept, ...added, ""].join("\n"));
}

/** Does one thing by hand. */
export async function prepare(shop: Workshop, step: Step): Promise<void> {
  if ("call" in step) {
    const [method, path, params] = step.call;
    await call(shop, method, path, params);
    shop.identities.learn({ method, path, params }, undefined);
  } else if ("statusRound" in step) await shop.rounds.once();
  else if ("shell" in step) await shop.emulator.shell(step.node, step.shell);
  else if ("image" in step) image(shop, step);
  else if ("file" in step) edit(shop, step.file, step.edit);
  else if ("remove" in step) removeFile(shop, step.remove);
  else {
    const [owner, id] = step.token;
    const answer = await call(shop, "POST", `/access/users/${encodeURIComponent(owner)}/token/${id}`, {
      privsep: "0",
    });
    shop.identities.learn(
      { method: "POST", path: `/access/users/${owner}/token/${id}`, params: { privsep: 0 } },
      answer,
    );
  }
}
