import { crashMatrix } from "./crash-matrix.ts";

crashMatrix("overlay", "publish", "reset", "undo", "destroy");
