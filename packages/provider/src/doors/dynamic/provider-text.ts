/**
 * The provider text of a dynamic resource: constant, one line, nothing captured. Pulumi keeps it in the
 * state and runs it later, in another process, with the program's folder as its only anchor.
 *
 * @example providerText("@coppice/components/handlers", "pool")
 */
export function providerText(module: string, name: string): string {
  return `exports.handler = () => require("${module}").${name};`;
}

/** The name by which the text finds a handler: the class name with a small first letter. */
export function handlerName(className: string): string {
  return className.charAt(0).toLowerCase() + className.slice(1);
}
