#!/usr/bin/env node
// `npm run link`: the command of this checkout for every folder, without rights that an ordinary user has not.
import { fileURLToPath } from "node:url";
import { thisHost } from "../src/base/host.js";
import { ToolchainError } from "../src/base/toolchain-error.js";
import { linkCommand } from "../src/link/link-command.js";

const command = fileURLToPath(new URL("../../cli/bin/coppice.js", import.meta.url));

try {
  for (const line of linkCommand(thisHost(), command)) console.log(line);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof ToolchainError ? error.message : error);
}
