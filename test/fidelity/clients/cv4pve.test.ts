import { PveClient } from "@corsinvest/cv4pve-api-javascript";
import { describe, expect, test } from "vitest";
import { Stage } from "./story.ts";

type Values = Readonly<Record<string, unknown>>;

/** What the client hands out of an answer. */
interface Answer {
  readonly statusCode: number;
  readonly reasonPhrase: string;
  readonly response: { readonly data: unknown; readonly errors?: Readonly<Record<string, string>> };
}

/** cv4pve's client with the little a story needs: data, finished tasks, refusals. */
/** The client types its answers as any. */
function answerOf(result: Answer): Answer["response"] {
  return result.response;
}

class Guest {
  readonly #client: PveClient;
  readonly #path: string;

  constructor(client: PveClient, vmid: number) {
    this.#client = client;
    this.#path = `/nodes/pve1/qemu/${vmid}`;
  }

  async config(): Promise<unknown> {
    return (await this.answer("get", "/config")).response.data;
  }

  async answer(
    verb: "get" | "create" | "set" | "delete",
    path: string,
    values: Values = {},
  ): Promise<Answer> {
    // as: the client's own declaration of a result leaves its answer untyped.
    return (await this.#client[verb](`${this.#path}${path}`, values)) as Answer;
  }

  /** Calls, waits as the client waits, and answers how the task ended. */
  async task(verb: "create" | "set" | "delete", path: string, values: Values = {}): Promise<unknown> {
    const { statusCode, reasonPhrase, response } = await this.answer(verb, path, values);
    expect({ statusCode, reasonPhrase }).toEqual({ statusCode: 200, reasonPhrase: "OK" });
    const upid = String(response.data);
    expect(await this.#client.waitForTaskToFinish(upid, 20, 10_000)).toBe(true);
    return await this.#client.getExitStatusTask(upid);
  }
}

async function login(stage: Stage): Promise<PveClient> {
  const client = new PveClient("127.0.0.1", Number(stage.port));
  // A refused login has a JSON body, so that this client says no instead of "Invalid response format".
  expect(await client.login("root", "wrong", "pam")).toBe(false);
  expect(await client.login("root", stage.emulator.rootPassword, "pam")).toBe(true);
  return client;
}

async function createAndClone(client: PveClient): Promise<void> {
  const made = await client.create("/nodes/pve1/qemu", {
    vmid: 100,
    name: "first",
    memory: 256,
    scsi0: "local:1,format=qcow2",
  });
  expect(await client.waitForTaskToFinish(String(answerOf(made).data), 20, 10_000)).toBe(true);
  expect(await new Guest(client, 9000).task("create", "/clone", { newid: 101, name: "linked" })).toBe("OK");
  expect(await new Guest(client, 100).task("create", "/clone", { newid: 102, full: true })).toBe("OK");
  expect(await new Guest(client, 101).config()).toMatchObject({
    name: "linked",
    scsi0: expect.stringContaining("base-9000-disk-0"),
  });
}

async function live(guest: Guest): Promise<void> {
  expect((await guest.answer("set", "/config", { cores: 2, onboot: true })).response).toEqual({ data: null });
  expect(await guest.config()).toMatchObject({ cores: 2, onboot: 1, memory: "256" });
  expect(await guest.task("create", "/status/start")).toBe("OK");
  expect(await guest.task("create", "/status/start")).toBe("VM 100 already running");
  expect(await guest.task("create", "/status/stop")).toBe("OK");
  expect(await guest.task("create", "/snapshot", { snapname: "before" })).toBe("OK");
  expect(await guest.task("create", "/snapshot/before/rollback")).toBe("OK");
  expect(await guest.task("delete", "/snapshot/before")).toBe("OK");
  expect(await guest.task("set", "/resize", { disk: "scsi0", size: "+1G" })).toBe("OK");
  expect(await guest.task("create", "/move_disk", { disk: "scsi0", storage: "nas", delete: true })).toBe(
    "OK",
  );
  expect(await guest.config()).toMatchObject({ scsi0: "nas:100/vm-100-disk-0.qcow2,size=2G" });
}

async function errors(client: PveClient): Promise<void> {
  const missing = await new Guest(client, 150).answer("get", "/config");
  expect(missing.reasonPhrase).toBe("Configuration file 'nodes/pve1/qemu-server/150.conf' does not exist");
  const wrong = await client.create("/nodes/pve1/qemu", { vmid: 150, cores: "many", nonsense: 1 });
  expect(wrong.statusCode).toBe(400);
  expect(Object.keys(answerOf(wrong).errors ?? {}).sort()).toEqual(["cores", "nonsense"]);
  const taken = await client.create("/nodes/pve1/qemu", { vmid: 100 });
  expect(taken.reasonPhrase).toBe("unable to create VM 100 - VM 100 already exists on node 'pve1'");
}

describe("cv4pve's client for Node, which speaks JSON", () => {
  test.each(["8.4", "9.2"] as const)(
    "leads a guest through its life on %s and leaves all in order",
    async (pve) => {
      const stage = await Stage.open(pve);
      try {
        const client = await login(stage);
        await createAndClone(client);
        await live(new Guest(client, 100));
        await errors(client);
        for (const vmid of [100, 101, 102])
          expect(await new Guest(client, vmid).task("delete", "")).toBe("OK");
        expect(await stage.emulator.control.check()).toEqual([]);
        expect(stage.emulator.control.counters().notThere).toEqual({});
      } finally {
        await stage.close();
      }
    },
  );
});
