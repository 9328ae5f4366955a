import { componentKinds, resourceKinds } from "../packages/core/src/kinds/all-kinds.ts";
import { configuration } from "../packages/core/src/kinds/configuration.ts";
import { documentKinds } from "../packages/core/src/kinds/documents/document-kinds.ts";
import { planType } from "../packages/core/src/kinds/plan.ts";
import { argumentTypes } from "./argument-types.ts";
import { documentSchema } from "./json-schema/document-schema.ts";
import { componentsPage } from "./pages/components-page.ts";
import { configurationPage } from "./pages/configuration-page.ts";
import { documentsPage } from "./pages/documents-page.ts";
import { errorsPage } from "./pages/errors-page.ts";
import { resourcesPage } from "./pages/resources-page.ts";
import { settingsPage } from "./pages/settings-page.ts";
import { plainTypes } from "./plain-types.ts";
import { packageSchema } from "./schema/package-schema.ts";

const HEAD = "// Made by `npm run generate` from packages/core/src/kinds; edit what is described there.";

/** Everything that is generated: the text of each file by its path in the repository. */
export function generatedFiles(): Map<string, string> {
  return new Map([
    ["packages/core/src/kinds/generated/inputs.ts", inputs()],
    ["packages/provider/src/generated/arguments.ts", `${HEAD}\n${argumentTypes(resourceKinds)}`],
    ["packages/plugin/generated/schema.json", schema()],
    ["packages/components/src/generated/arguments.ts", `${HEAD}\n${componentArguments()}`],
    ["docs/reference/components.md", page(componentsPage(componentKinds))],
    ["packages/spec/schema/coppice.schema.json", documentSchema(documentKinds)],
    ["docs/reference/documents.md", page(documentsPage(documentKinds))],
    ["docs/reference/resources.md", page(resourcesPage(resourceKinds))],
    ["docs/reference/configuration.md", page(configurationPage(configuration))],
    ["docs/reference/errors.md", page(errorsPage())],
    ["docs/reference/settings.md", page(settingsPage())],
  ]);
}

function schema(): string {
  // Through which door resources go is for programs to know; who asks the plugin has come through one.
  const { door: _door, ...provider } = configuration.fields;
  return packageSchema({ components: componentKinds, resources: resourceKinds, provider });
}

function componentArguments(): string {
  return argumentTypes(componentKinds, { from: "@coppice/provider", kinds: resourceKinds });
}

function inputs(): string {
  const types = plainTypes({
    components: componentKinds,
    resources: resourceKinds,
    records: [configuration, planType],
  });
  return [
    HEAD,
    'import type { DurationText } from "../../values/duration.ts";',
    'import type { SizeText } from "../../values/size.ts";',
    "",
    types,
  ].join("\n");
}

function page(text: string): string {
  return `<!-- Made by \`npm run generate\` from the code; edit the code. -->\n\n${text}`;
}
