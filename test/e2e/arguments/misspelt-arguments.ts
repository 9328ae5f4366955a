import { type WrongArgument, wrong } from "./wrong-argument.ts";

/** Names that nobody knows. */
export const misspeltArguments: readonly WrongArgument[] = [
  wrong(
    "template",
    "template: undefined, templte: { vmid: 9000 }",
    "'templte' is not known; did you mean 'template'?",
  ),
  wrong("template.vmid", "template: { vmId: 9000 }", "'template.vmId' is not known; did you mean 'vmid'?"),
  wrong("seats", "seats: undefined, seat: 25", "'seat' is not known; did you mean 'seats'?"),
  wrong("roster", 'seats: undefined, rooster: ["ada"]', "'rooster' is not known; did you mean 'roster'?"),
  wrong(
    "vmids.to",
    "vmids: { from: 20000, till: 20999 }",
    "'vmids.till' is not known; known are from, to",
    "'vmids.to' is missing; write a whole number like 20999",
  ),
  wrong("hardware.memory", 'memory: "4GiB"', "'memory' is not known; did you mean 'hardware.memory'?"),
  wrong("hardware.cores", "hardware: { core: 2 }", "'hardware.core' is not known; did you mean 'cores'?"),
  wrong(
    "network.bridge",
    'network: { brigde: "vmbr0" }',
    "'network.brigde' is not known; did you mean 'bridge'?",
  ),
  wrong("cloudInit", 'cloudinit: { user: "student" }', "'cloudinit' is not known; did you mean 'cloudInit'?"),
  wrong(
    "cloudInit.sshKeys",
    'cloudInit: { ssh_keys: ["ssh-ed25519 AAAA ada"] }',
    "'cloudInit.ssh_keys' is not known; did you mean 'sshKeys'?",
  ),
  wrong(
    "cloudInit.address.first",
    'cloudInit: { address: { frist: "10.0.0.10/24" } }',
    "'cloudInit.address.frist' is not known; did you mean 'first'?",
  ),
  wrong("dataDisk.size", 'dataDisk: { siez: "20GiB" }', "'dataDisk.siez' is not known; did you mean 'size'?"),
  wrong(
    "publish",
    'publsh: { generation: 2, from: "teacher" }',
    "'publsh' is not known; did you mean 'publish'?",
  ),
  wrong(
    "publish.policy",
    'publish: { generation: 2, from: { vmid: 9001 }, polcy: "keep" }',
    "'publish.polcy' is not known; did you mean 'policy'?",
  ),
  wrong(
    "publish.undoFor",
    "publish: { generation: 2, from: { vmid: 9001 }, undoForMs: 0 }",
    "'publish.undoForMs' is not known; did you mean 'undoFor'?",
  ),
  wrong("overcommit", "overCommitted: true", "'overCommitted' is not known; did you mean 'overcommit'?"),
  wrong("teacher", "techer: true", "'techer' is not known; did you mean 'teacher'?"),
  wrong("startBatch", "startbatch: 2", "'startbatch' is not known; did you mean 'startBatch'?"),
  wrong(
    "",
    'colour: "red"',
    "'colour' is not known; known are template, seats, roster, empty, cluster, storage, vmids, nodes, hardware, network, cloudInit, start, startBatch, method, pool, tenant, expires, tags, overcommit, dataDisk, reset, undo, teacher, publish",
  ),
];
