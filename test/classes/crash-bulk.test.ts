import { crashMatrix } from "./crash-matrix.ts";

// How a seat was made is all that differs from overlays: publish and undo take the same steps for both.
crashMatrix("bulk", "create", "resize", "reset", "destroy");
