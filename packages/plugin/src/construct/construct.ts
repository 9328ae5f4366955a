import { type Resource, runtime } from "@pulumi/pulumi";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";
import { componentOptions } from "./component-options.ts";
import { inConstructScope } from "./construct-scope.ts";
import { type MadeComponent, makeComponent } from "./make-component.ts";
import { refusal } from "./refusal.ts";
import { sdkParts } from "./sdk-parts.ts";

/** What the plugin knows of whoever started it. */
export interface Surroundings {
  /** Where the engine takes log lines; absent when the plugin was started by hand. */
  readonly engineAddress: string | undefined;
  /** The provider in the stack that this process serves. */
  readonly provider: string | undefined;
}

/**
 * Makes a component for a program in another language, as the SDK's own provider server does: with a state of its own
 * for what it registers, and answered when all of that is registered.
 */
export async function construct(
  request: ConstructRequest,
  { engineAddress, provider }: Surroundings,
): Promise<messages.ConstructResponse> {
  return await inConstructScope(() =>
    sdkParts.withLocalStorage(async () => {
      await prepareRuntime(request, engineAddress);
      const inputs = await sdkParts.deserializeInputs(request.getInputs(), request.getInputdependenciesMap());
      const made = makeComponent({
        type: request.getType(),
        name: request.getName(),
        inputs,
        options: componentOptions(request, provider),
      });
      const response = await responseOf(request, made);
      await sdkParts.waitForRPCs();
      return response;
    }),
  ).catch(explain);
}

/** With `--continue-on-error` the SDK is told of a resource that failed, and fails what needs it (runtime/resource.js). */
function explain(error: unknown): never {
  if (!(error instanceof Error && error.message.endsWith("] failed to register"))) throw error;
  throw refusal("one of its resources was not made; that resource's own error says why");
}

async function prepareRuntime(request: ConstructRequest, engineAddress = ""): Promise<void> {
  runtime.resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    engineAddress,
    request.getMonitorendpoint(),
    request.getDryrun(),
    request.getOrganization(),
  );
  await sdkParts.awaitFeatureSupport();
  const config = new Map(request.getConfigMap().getEntryList());
  // Whoever asked us came through the plugin, and so do the component's own resources.
  config.delete("coppice:door");
  runtime.setAllConfig(Object.fromEntries(config), request.getConfigsecretkeysList());
}

async function responseOf(
  request: ConstructRequest,
  { component, outputs }: MadeComponent,
): Promise<messages.ConstructResponse> {
  const label = `construct(${request.getType()}, ${request.getName()})`;
  const response = new messages.ConstructResponse();
  response.setUrn(await urnOf(component));
  const [state, dependencies] = await runtime.serializeResourceProperties(label, outputs);
  for (const [output, resources] of dependencies) {
    const urns = await Promise.all([...resources].map(urnOf));
    const message = new messages.ConstructResponse.PropertyDependencies();
    response.getStatedependenciesMap().set(output, message.setUrnsList(urns));
  }
  return response.setState(structMessages.Struct.fromJavaScript(state));
}

function urnOf(resource: Resource): Promise<string> {
  return new Promise((resolve) => void resource.urn.apply(resolve));
}
