import { thinPlace } from "./linked-lab.ts";
import { classWithoutShell } from "./linked-story.ts";

classWithoutShell(thinPlace);
