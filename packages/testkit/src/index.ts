export { createdSeats } from "./created-seats.ts";
export { EmulatedCluster } from "./emulated-cluster/emulated-cluster.ts";
export { type ContextOptions, RecordedContext } from "./emulated-cluster/recorded-context.ts";
export { changed } from "./file-set/gates.ts";
export { hashOf } from "./file-set/record-credential.ts";
export { OrdinaryUser } from "./ordinary-user/ordinary-user.ts";
export { type ProjectOptions, PulumiProject } from "./pulumi/pulumi-project.ts";
export { type CommandResult, RunningCommand } from "./pulumi/running-command.ts";
export type { RecordedResource, StackState } from "./pulumi/stack-state.ts";
