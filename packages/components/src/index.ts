export type { SeatPlace } from "@coppice/core";
export {
  BaseGeneration,
  type BaseGenerationArgs,
  OverlayPool,
  type OverlayPoolArgs,
  Pool,
  type PoolArgs,
} from "@coppice/provider";
export { LabClass } from "./lab-class/lab-class.ts";
export type { LabClassArgs, PublishArgs } from "./lab-class/lab-class-args.ts";
export { OverlayVmPool } from "./overlay-vm-pool/overlay-vm-pool.ts";
export type { OverlayVmPoolArgs } from "./overlay-vm-pool/overlay-vm-pool-args.ts";
export type {
  AddressArgs,
  CloudInitArgs,
  DataDiskArgs,
  HardwareArgs,
  NetworkArgs,
  RenewalArgs,
  SeatsArgs,
  TemplateArgs,
  VmidsArgs,
} from "./seats/seats-args.ts";
