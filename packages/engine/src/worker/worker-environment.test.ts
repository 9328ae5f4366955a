import { expect, test } from "vitest";
import { workerEnvironment } from "./worker-environment.ts";

test("a worker finds programs and backends, and sees no credential of a cluster nor anything that nobody thought of", () => {
  const kept = {
    PATH: "/bin",
    HOME: "/h",
    LC_ALL: "C",
    PULUMI_HOME: "/p",
    AWS_REGION: "eu",
    PGPASSWORD: "x",
  };
  const hidden = {
    PVE_TOKEN: "t",
    PROXMOX_VE_API_TOKEN: "t",
    NODE_OPTIONS: "--require=/x",
    LD_PRELOAD: "/x",
  };
  expect(workerEnvironment({ ...kept, ...hidden, path: "/odd" })).toEqual(kept);
});
