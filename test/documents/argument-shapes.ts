import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const packages = join(import.meta.dirname, "../../packages");
const files = ["components", "provider"].map((name) => join(packages, name, "src/generated/arguments.ts"));

/** What can be said of something, told in the same way of programs and of documents. */
export interface Sayable {
  readonly [field: string]: { readonly type: unknown; readonly required: boolean };
}

const interfaces = new Map(
  files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    return source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each] as const);
  }),
);

/** What a program in TypeScript can say, read from the interfaces of arguments that were generated for it. */
export function argumentsOf(name: string): Sayable {
  const found = interfaces.get(name);
  if (found === undefined) throw new Error(`There are no arguments ${name}`);
  const members = found.members.filter(ts.isPropertySignature);
  return Object.fromEntries(
    members.map(({ name: field, type, questionToken }) => [
      field.getText(),
      { type: type === undefined ? "nothing" : shapeOf(type), required: questionToken === undefined },
    ]),
  );
}

/** An output of another resource may stand for a value; what the value is, is the same. */
function shapeOf(type: ts.TypeNode): unknown {
  if (ts.isUnionTypeNode(type)) return { oneOf: type.types.map(shapeOf).sort(byText) };
  if (ts.isParenthesizedTypeNode(type)) return shapeOf(type.type);
  if (ts.isTypeOperatorNode(type)) return shapeOf(type.type);
  if (ts.isArrayTypeNode(type)) return { list: shapeOf(type.elementType) };
  if (!ts.isTypeReferenceNode(type)) return type.getText();
  const [first, second] = type.typeArguments ?? [];
  const name = type.typeName.getText();
  if (name === "Input" || name === "Readonly") return first === undefined ? name : shapeOf(first);
  if (name === "Record" && second !== undefined) return { map: shapeOf(second) };
  return interfaces.has(name) ? argumentsOf(name) : name;
}

/** Orders alternatives, which are the same in any order. */
export function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
