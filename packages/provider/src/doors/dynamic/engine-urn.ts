import { type CustomResourceOptions, createUrn } from "@pulumi/pulumi";

/**
 * The URN that the engine gives a resource: types of its parents are part of it, so that children of the same name in two
 * components are two. A promise and no output, because an output would make the resource wait for all of its siblings.
 */
export function engineUrn(
  type: string,
  name: string,
  { parent }: Pick<CustomResourceOptions, "parent">,
): Promise<string> {
  return new Promise((resolve) => {
    createUrn(name, type, parent).apply(resolve);
  });
}
