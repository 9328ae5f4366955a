/** The form of the id of a state's home. It begins with a letter, so that no YAML takes it for a number. */
export const originForm = /^h[0-9a-f]{15}$/;
