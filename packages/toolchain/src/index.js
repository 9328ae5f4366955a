export { createReporter, silentReporter } from "./console/reporter.js";
export { examine } from "./doctor/examine.js";
export { thisHost } from "./host.js";
export { findNode } from "./node/find-node.js";
export { prepareCheckout } from "./tasks/prepare-checkout.js";
export { runAttached } from "./process/run-attached.js";
export { ToolchainError } from "./toolchain-error.js";
export { toolEnvironment } from "./tool-environment.js";

/** @typedef {import("./tool-environment.js").ToolEnvironment} ToolEnvironment */
/** @typedef {import("./doctor/examine.js").Part} Part */
/** @typedef {import("./host.js").Host} Host */
