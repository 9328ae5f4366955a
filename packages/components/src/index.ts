export { Pool, type PoolArgs } from "@coppice/provider";
