// The text of every dynamic resource in a state requires this module by name: names here are for ever.
export { baseGeneration, overlayPool, pool, tenantPool } from "@coppice/provider/handlers";
