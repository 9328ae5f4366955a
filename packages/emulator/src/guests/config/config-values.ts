/** One section of a guest's configuration: option to text, as the file holds it. */
export type ConfigValues = Record<string, string>;
