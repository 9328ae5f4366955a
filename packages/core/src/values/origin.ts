/** How the id of a state's home is written. It begins with a letter, so that no YAML takes it for a number. */
export const ORIGIN = "h[0-9a-f]{15}";

/** The form of the id of a state's home. */
export const originForm = new RegExp(`^${ORIGIN}$`);
