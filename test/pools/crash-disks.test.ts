import { crashMatrix } from "./crash-matrix.ts";

crashMatrix("publish", "reset", "undo", "destroy");
