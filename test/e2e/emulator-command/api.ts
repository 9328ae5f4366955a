import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { EmulatorProcess } from "./emulator-process.ts";

/** A few calls of the API with the files that the command names. */
export class Api {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #token: string;

  constructor(emulator: EmulatorProcess) {
    this.#url = `${emulator.field("URL")}/api2/json`;
    // Idle connections go before the server ends them (after 5 s, as pveproxy does): no request meets a closing one.
    this.#agent = new Agent({ ca: readFileSync(emulator.field("CA file")), keepAlive: true, timeout: 3000 });
    this.#token = readFileSync(emulator.field("token file"), "utf8").trim();
  }

  /** `data` of the answer; throws with the reason phrase when refused. */
  async call(method: string, path: string, params: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const body = new URLSearchParams(params).toString();
    const query = method === "POST" || method === "PUT" || body === "" ? "" : `?${body}`;
    const headers = {
      authorization: `PVEAPIToken=${this.#token}`,
      ...(query === "" && body !== "" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    };
    const sent = request(`${this.#url}${path}${query}`, { method, headers, agent: this.#agent });
    const answered = new Promise<[number, string, string]>((resolve, reject) => {
      sent.on("error", reject);
      sent.on("response", (response) => {
        text(response).then(
          (all) => resolve([response.statusCode ?? 0, response.statusMessage ?? "", all]),
          reject,
        );
      });
    });
    sent.end(query === "" && body !== "" ? body : undefined);
    const [status, phrase, all] = await answered;
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${phrase}`);
    const answer: unknown = JSON.parse(all);
    return typeof answer === "object" && answer !== null && "data" in answer ? answer.data : undefined;
  }

  /** Calls and, when the answer is a task, waits for its end; throws when it failed. */
  async done(method: string, path: string, params: Readonly<Record<string, string>> = {}): Promise<void> {
    const upid = await this.call(method, path, params);
    if (typeof upid !== "string") return;
    const node = upid.split(":")[1];
    for (;;) {
      const status = await this.call("GET", `/nodes/${node}/tasks/${encodeURIComponent(upid)}/status`);
      if (typeof status === "object" && status !== null && "exitstatus" in status) {
        if (status.exitstatus === "OK") return;
        throw new Error(`${method} ${path}: ${String(status.exitstatus)}`);
      }
      await pause(5);
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.#agent.destroy();
  }
}
