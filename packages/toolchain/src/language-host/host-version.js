/** The version that this language host reports; the package's own. */
export const hostVersion = "0.1.0";
