import type { Node } from "yaml";

/** What cannot become a value, and why. */
export class NoValue extends Error {
  readonly node: Node;

  constructor(node: Node, message: string) {
    super(message);
    this.node = node;
  }
}
