/** Whether a change is in force now or waits for the next start. */
export type Plugged = "done" | "waits";
