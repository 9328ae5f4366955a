import { crashMatrix } from "./crash-matrix.ts";

crashMatrix("linked", "create", "resize", "publish", "reset", "undo", "destroy");
