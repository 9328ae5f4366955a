export { findComponentMistakes } from "./arguments/find-component-mistakes.ts";
export { components, type DescribedComponent } from "./described/components.ts";
