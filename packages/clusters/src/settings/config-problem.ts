/** What is wrong with the provider's configuration, and where. */
export interface ConfigProblem {
  /** Path in the configuration, for example `clusters.main.token`. */
  readonly property: string;
  readonly reason: string;
}
