import type { ErrorTable } from "./error-description.ts";

/** What can go wrong with the provider itself: its configuration, its resources, a run as a whole. */
export const providerErrors = {
  "provider.attached": {
    audience: "operator",
    status: 409,
    meaning: "A provider that was started by hand serves one engine at a time, and another one is attached.",
    wayOut: "Wait for that run's end, or start another provider",
  },
  "provider.config": {
    audience: "operator",
    status: 500,
    meaning: "The configuration of the clusters or of the provider cannot be used.",
    wayOut: "Correct the fields that are named",
  },
  "provider.door": {
    audience: "user",
    status: 409,
    meaning: "What was made with one setting of coppice:door is asked for with the other.",
    wayOut: "Set coppice:door back as the message shows; to change doors, destroy the stack first",
  },
  "provider.interrupted": {
    audience: "user",
    status: 409,
    meaning: "The run was stopped before this was done; what was begun has been brought to its end.",
    wayOut: "Run it again: it goes on where it was stopped",
  },
  "provider.no-cluster": {
    audience: "operator",
    status: 422,
    meaning: "A resource names a cluster that is not configured.",
    wayOut: "Add it to coppice:clusters, or set PROXMOX_VE_ENDPOINT for the cluster main",
  },
  "provider.not-configured": {
    audience: "bug",
    status: 500,
    meaning: "The provider was asked before Pulumi had configured it.",
    wayOut: "Report it, with the output of `pulumi up --debug`",
  },
  "provider.not-found": {
    audience: "user",
    status: 404,
    meaning: "An import names an id that no resource of that kind can have.",
    wayOut: "Write the id as the message shows",
  },
  "provider.unexpected": {
    audience: "bug",
    status: 500,
    meaning: "Something failed that nobody thought of.",
    wayOut: "Report it, with the output of `pulumi up --debug`",
  },
  "provider.unknown-resource": {
    audience: "bug",
    status: 500,
    meaning: "The program asks for a resource that this version of the provider does not know.",
    wayOut: "Use the same version of @coppice/components and of the plugin",
  },
  "secret.unavailable": {
    audience: "operator",
    status: 500,
    meaning: "A credential's environment variable or file is not there or is empty.",
    wayOut: "Set the variable, or write the file, that the reference names",
  },
} as const satisfies ErrorTable;
