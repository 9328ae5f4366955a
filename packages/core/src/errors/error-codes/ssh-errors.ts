import type { ErrorTable } from "./error-description.ts";

/** What can go wrong between us and the shell of a node. */
export const sshErrors = {
  "ssh.aborted": {
    audience: "user",
    status: 409,
    meaning: "A script on a node was stopped.",
    wayOut: "Run it again: it goes on where it was stopped",
  },
  "ssh.authentication": {
    audience: "operator",
    status: 502,
    meaning: "The node did not let our account in.",
    wayOut: "Check the user and the key, and that the node knows its public half",
  },
  "ssh.channel": {
    audience: "operator",
    status: 503,
    meaning: "The node opened no channel on a connection that stands.",
    wayOut: "Look at MaxSessions in the node's sshd configuration, then run it again",
  },
  "ssh.connection": {
    audience: "operator",
    status: 503,
    meaning: "The node cannot be reached over SSH.",
    wayOut: "Check host and port, and that the node is up",
  },
  "ssh.host-key": {
    audience: "operator",
    status: 502,
    meaning: "The node shows another host key than the pinned one.",
    wayOut: "Find out why it changed; when the node was installed anew, pin its new key",
  },
  "ssh.interrupted": {
    audience: "operator",
    status: 502,
    meaning: "The connection broke in the middle of a script.",
    wayOut: "Run it again: it finds out what was done",
  },
  "ssh.script-failed": {
    audience: "operator",
    status: 502,
    meaning: "A script on a node ended with an error.",
    wayOut: "Look at what the node says, and run it again when that is put right",
  },
  "ssh.timeout": {
    audience: "operator",
    status: 504,
    meaning: "A script on a node took longer than it may.",
    wayOut: "Look at the node's load and its storage, then run it again",
  },
  "ssh.unquotable": {
    audience: "bug",
    status: 500,
    meaning: "A value cannot be handed to a shell.",
    wayOut: "Report it with the value that is named",
  },
} as const satisfies ErrorTable;
