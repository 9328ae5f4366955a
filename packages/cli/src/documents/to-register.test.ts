import { expect, test } from "vitest";
import { toRegister } from "./to-register.ts";

test.each([
  [{}, "`coppice cluster add main`, which puts it into /home/clusters"],
  [
    { PROXMOX_VE_ENDPOINT: "https://pve1.example.org:8006" },
    '`coppice cluster add main --endpoint "$PROXMOX_VE_ENDPOINT" --token-env PROXMOX_VE_API_TOKEN`',
  ],
])("with %o in the environment a cluster is registered by a line that can be typed", (environment, line) => {
  expect(toRegister("/home/clusters", environment)("main")).toContain(line);
});
