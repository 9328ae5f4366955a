import { hostname } from "node:os";
import { expect, test } from "vitest";
import { toldLocks, untilDead } from "./told-locks.ts";

const stack = { project: "coppice-tenant", stack: "main" };
const { signal } = new AbortController();

// As the engine 3.270 says it of a database.
const said = `\
the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  postgres://****:****@127.0.0.1:5599/states/.pulumi/locks/organization/coppice-tenant/main/1.json?sslmode=disable: created by ada@vm (pid 30917) at 2026-11-26T17:42:12Z
  postgres://****:****@127.0.0.1:5599/states/.pulumi/locks/organization/coppice-tenant/main/2.json?sslmode=disable: created by root@other (pid 7) at 2026-11-26T17:43:00+01:00`;

test("every lock is read out of the engine's words, and none out of others", () => {
  expect(toldLocks(said)).toEqual([
    { who: "ada", host: "vm", pid: 30_917, since: "2026-11-26T17:42:12Z" },
    { who: "root", host: "other", pid: 7, since: "2026-11-26T17:43:00+01:00" },
  ]);
  expect(toldLocks("no stack named 'main' found: created by ada@vm (pid 1) at noon")).toEqual([]);
});

test("an engine that is gone here is dead, and one of another computer never is", async () => {
  const since = new Date().toISOString();
  // Beyond the largest process id of Linux.
  const gone = { who: "ada", host: hostname(), pid: 2 ** 22 + 1, since };
  await untilDead([gone], stack, signal);
  await expect(untilDead([gone, { ...gone, host: "elsewhere" }], stack, signal)).rejects.toThrow(
    /ada on elsewhere .*`coppice pulumi cancel --yes organization\/coppice-tenant\/main` \[stack\.locked\]/,
  );
});
