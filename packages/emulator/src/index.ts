export { type ClientFileOptions, type ClientFiles, writeClientFiles } from "./client/client-files.ts";
export { providerSettings } from "./client/provider-settings.ts";
export type { Cluster } from "./cluster/cluster.ts";
export type { Node } from "./cluster/node.ts";
export type { TokenCredential } from "./seed/seed-cluster.ts";
export { checkMachine } from "./start/check-machine.ts";
export type { EmulatorOptions } from "./start/emulator-options.ts";
export { type Emulator, startEmulator } from "./start/start-emulator.ts";
