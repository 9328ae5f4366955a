import { assignedCpus } from "../config/machine-size.ts";
import { interfaces } from "./interfaces.ts";
import type { AgentGuest } from "./require-agent.ts";

/** What the agent of an emulated guest says, by command. The system inside is a made-up Debian. */
export const agentReads: Readonly<Record<string, (agent: AgentGuest) => unknown>> = {
  "network-get-interfaces": ({ config }) => interfaces(config.values),
  "get-host-name": ({ config, guest }) => ({ "host-name": config.values["name"] ?? `vm${guest.vmid}` }),
  "get-osinfo": () => ({
    id: "debian",
    name: "Debian GNU/Linux",
    "pretty-name": "Debian GNU/Linux 13 (trixie)",
    version: "13 (trixie)",
    "version-id": "13",
    machine: "x86_64",
    "kernel-release": "6.12.48+deb13-amd64",
    "kernel-version": "#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2025-09-20)",
  }),
  "get-fsinfo": () => [
    {
      name: "sda1",
      mountpoint: "/",
      type: "ext4",
      "total-bytes": 1_000_000_000,
      "used-bytes": 400_000_000,
      disk: [
        {
          "bus-type": "scsi",
          bus: 0,
          target: 0,
          unit: 0,
          "pci-controller": { domain: 0, bus: 1, slot: 1, function: 0 },
        },
      ],
    },
  ],
  "get-time": ({ call }) => call.cluster.clock.now() * 1_000_000,
  "get-timezone": () => ({ zone: "UTC", offset: 0 }),
  "get-users": () => [],
  "get-vcpus": ({ call, config }) =>
    Array.from({ length: assignedCpus(call.node, config.values) }, (_, index) => ({
      "logical-id": index,
      online: true,
      "can-offline": index > 0,
    })),
  "get-memory-blocks": () => [],
  "get-memory-block-info": () => ({ size: 134_217_728 }),
  info: () => ({ version: "10.0.2", supported_commands: [] }),
};

/** Commands that only answer that they were done. */
export const agentActions: readonly string[] = [
  "ping",
  "fsfreeze-freeze",
  "fsfreeze-status",
  "fsfreeze-thaw",
  "fstrim",
];

/** What those commands answer. */
export function actionResult(command: string): unknown {
  if (command === "fsfreeze-status") return "thawed";
  if (command === "fsfreeze-freeze" || command === "fsfreeze-thaw") return 1;
  return command === "fstrim" ? { paths: [] } : {};
}
