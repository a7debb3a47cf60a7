import type { ComponentHost, ConstructRequest } from "../protocol/component-host.ts";

/**
 * Registers the component itself.
 *
 * It goes without inputs: the Node.js SDK that awsx 3.9.0 is built with keeps a component's arguments to itself.
 */
export async function registerComponent(request: ConstructRequest, host: ComponentHost): Promise<string> {
  const { urn } = await host.register({
    type: request.type,
    name: request.name,
    custom: false,
    parent: request.parent,
    inputs: {},
    propertyDependencies: {},
    dependencies: request.dependencies,
    version: "",
    provider: "",
    providers: request.providers,
    protect: request.protect,
    retainOnDelete: request.retainOnDelete ?? false,
    ignoreChanges: request.ignoreChanges ?? [],
    replaceOnChanges: request.replaceOnChanges ?? [],
    aliases: request.aliases,
  });
  return urn;
}
