import { crashMatrix } from "./crash-matrix.ts";

crashMatrix("overlay", "create", "resize");
