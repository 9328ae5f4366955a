// What running the engine needs, apart from the index: nobody who types `coppice pulumi` shall wait for the rest.
export { thisHost } from "./base/host.js";
export { ToolchainError } from "./base/toolchain-error.js";
export { createReporter } from "./console/reporter.js";
export { toolEnvironment } from "./environment/tool-environment.js";
export { exitAtSignals } from "./process/exit-at-signals.js";
export { findExecutable } from "./process/find-executable.js";
export { runCancellable } from "./process/run-cancellable.js";
export { projectFile } from "./project/project-file.js";
