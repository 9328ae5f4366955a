import { crashMatrix } from "./crash-matrix.ts";

crashMatrix("create", "resize");
