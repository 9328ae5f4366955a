export { thisHost } from "./base/host.js";
export { ToolchainError } from "./base/toolchain-error.js";
export { createReporter, silentReporter } from "./console/reporter.js";
export { examine } from "./doctor/examine.js";
export { toolEnvironment } from "./environment/tool-environment.js";
export { findNode } from "./node/find-node.js";
export { findExecutable } from "./process/find-executable.js";
export { runAttached } from "./process/run-attached.js";
export { projectFile } from "./project/project-file.js";
export { prepareCheckout } from "./tasks/prepare-checkout.js";

/** @typedef {import("./environment/tool-environment.js").ToolEnvironment} ToolEnvironment */
/** @typedef {import("./doctor/examine.js").Part} Part */
/** @typedef {import("./base/host.js").Host} Host */
