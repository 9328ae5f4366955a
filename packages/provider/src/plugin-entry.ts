export { type PluginOptions, servePlugin } from "./doors/plugin/serve-plugin.ts";
