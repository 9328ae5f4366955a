import { crashMatrix } from "./crash-matrix.ts";

crashMatrix("bulk", "create", "resize", "publish", "reset", "undo", "destroy");
