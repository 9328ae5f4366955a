export { createReporter, silentReporter } from "./console/reporter.js";
export { examine } from "./doctor/examine.js";
export { thisHost } from "./host.js";
export { findNode } from "./node/find-node.js";
export { runAttached } from "./process/run-attached.js";
export { prepareCheckout } from "./tasks/prepare-checkout.js";
export { toolEnvironment } from "./tool-environment.js";
export { ToolchainError } from "./toolchain-error.js";

/** @typedef {import("./tool-environment.js").ToolEnvironment} ToolEnvironment */
/** @typedef {import("./doctor/examine.js").Part} Part */
/** @typedef {import("./host.js").Host} Host */
