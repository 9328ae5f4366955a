// Replaces the token of a registered cluster, and ends as by a failure of the power when a step is done.
// Arguments: the step. The home is COPPICE_HOME.

import { registryFolder } from "../../packages/cli/src/registry/registry-folder.ts";
import { rotateClusterToken } from "../../packages/cli/src/token-rotation/rotate-cluster-token.ts";

const [end] = process.argv.slice(2);

await rotateClusterToken({
  folder: registryFolder(process.env),
  cluster: "main",
  environment: process.env,
  keepOld: false,
  grace: 0,
  signal: new AbortController().signal,
  tell: () => undefined,
  done: (step) => {
    if (step === end) process.kill(process.pid, "SIGKILL");
  },
});
