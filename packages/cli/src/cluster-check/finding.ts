/** One thing that was looked at. */
export interface Finding {
  /** `missing`: the way of a class does not work at all. `limited`: something else does not. */
  readonly state: "ok" | "limited" | "missing";
  /** What was looked at, for example `VM.Allocate on /vms`. */
  readonly what: string;
  /** What does not work without it, and the way out; empty when all is well. */
  readonly disables?: string;
  /** Somebody has to grant it, as the guide to permissions shows. */
  readonly granted?: true;
}
