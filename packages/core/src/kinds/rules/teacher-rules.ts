import type { Rule } from "../../description/mistake.ts";
import type { LabClassInputs } from "../generated/inputs.ts";

/** Name of the teacher's seat. */
const TEACHER = "teacher";

/** The teacher's machine has a name of its own. */
const noNamesake: Rule<Pick<LabClassInputs, "roster" | "teacher">> = {
  needs: ["roster", "teacher"],
  find: ({ roster = [], teacher }) => {
    const index = roster.indexOf(TEACHER);
    if (!teacher || index < 0) return [];
    const reason =
      "is \"teacher\", and 'teacher' makes a machine of that name; rename the seat, or leave 'teacher' out";
    return [{ path: ["roster", index], reason }];
  },
};

/** Only a teacher who is there can be published. */
const noGhost: Rule<Pick<LabClassInputs, "publish" | "teacher">> = {
  needs: ["publish.from", "teacher"],
  find: ({ publish, teacher }) => {
    if (publish?.from !== TEACHER || teacher) return [];
    const reason = 'is "teacher", and the class has no teacher\'s machine';
    const wayOut = "set 'teacher: true', or name a template by { vmid }";
    return [{ path: ["publish", "from"], reason: `${reason}; ${wayOut}` }];
  },
};

/** What a class says of its teacher. */
export const teacherRules = [noNamesake, noGhost];
