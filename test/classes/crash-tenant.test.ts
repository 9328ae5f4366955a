import { tenantMatrix } from "./crash-matrix.ts";

tenantMatrix("overlay", "create", "resize");
