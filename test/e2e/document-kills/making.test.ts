import { killMatrix } from "./kill-matrix.ts";

killMatrix("make", "shrink");
