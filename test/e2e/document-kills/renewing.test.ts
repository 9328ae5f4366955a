import { killMatrix } from "./kill-matrix.ts";

killMatrix("publish", "reset", "destroy");
