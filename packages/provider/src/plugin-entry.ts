// The plugin starts in a quarter of the time without the SDK, which the package's main entry loads.
export { type AttachedPlugin, serveAttached } from "./doors/plugin/attached-plugin.ts";
export { type PluginOptions, servePlugin } from "./doors/plugin/serve-plugin.ts";
export { resources } from "./resources.ts";
