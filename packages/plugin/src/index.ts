import { resources, servePlugin } from "@coppice/provider/plugin";
import { ownVersion } from "./own-version.ts";
import { packageSchema } from "./package-schema.ts";

/** Runs the plugin as the engine starts it: the engine's address is the only argument. */
export async function runPlugin(args: readonly string[]): Promise<void> {
  const [engineAddress] = args;
  const version = ownVersion();
  await servePlugin({
    registry: resources,
    version,
    engineAddress,
    languages: {
      schema: () => packageSchema(version),
      // The components and the SDK that they are made with are loaded by the first program that wants one.
      construct: async (request, session) => {
        const { construct } = await import("./construct/construct.ts");
        return await construct(request, {
          engineAddress: session.engineAddress,
          provider: session.reference,
        });
      },
    },
  });
}
