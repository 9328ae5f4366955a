/** A part of a cluster's configuration that was chosen. */
export interface Choice<T> {
  /** As it is tried now, from the folder of the command. */
  readonly tried: T;
  /** As the project's configuration says it. */
  readonly kept: T;
  /** Files that this names, in the project's folder. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}
