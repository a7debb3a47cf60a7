import type { Wire, WireMap } from "../protocol/wire.ts";
import { secret } from "../protocol/wire.ts";
import { RefusedCall } from "./problem-log.ts";
import { defaultProviderName, providerType, requestKey } from "./provider-reference.ts";
import type { ProviderRequest } from "./provider-reference.ts";
import type { StackConfig } from "./request.ts";

/** What a default provider is registered with. */
export interface DefaultProvider {
  readonly type: string;
  readonly name: string;
  readonly inputs: WireMap;
}

/**
 * The default provider for a request: one for each package and version that the program asks for.
 *
 * Its inputs are the stack's configuration of the package (`aws:region`), as strings.
 *
 * Source: pulumi/pulumi, pkg/resource/deploy/default_providers.go and providers/registry.go.
 */
export function describeDefaultProvider(request: ProviderRequest, config: StackConfig): DefaultProvider {
  return {
    type: providerType(request.packageName),
    name: defaultProviderName(request),
    inputs: withPluginInputs(packageConfig(request.packageName, config), request),
  };
}

/** Adds what says which plugin a provider is run by. */
export function withPluginInputs(inputs: WireMap, request: ProviderRequest): WireMap {
  const { parameterization } = request;
  const internal: WireMap = {
    ...(request.downloadUrl === "" ? {} : { pluginDownloadURL: request.downloadUrl }),
    ...(parameterization === undefined
      ? {}
      : {
          name: parameterization.pluginName,
          version: parameterization.pluginVersion,
          parameterization: parameterization.value,
        }),
  };
  if (request.version === "" && Object.keys(internal).length === 0) {
    return inputs;
  }
  return {
    ...inputs,
    ...(request.version === "" ? {} : { version: request.version }),
    __internal: internal,
  };
}

function packageConfig(packageName: string, config: StackConfig): WireMap {
  const secrets = new Set(config.secretKeys);
  const prefix = `${packageName}:`;
  return Object.fromEntries(
    Object.entries(config.values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]): [string, Wire] => [
        key.slice(prefix.length),
        secrets.has(key) ? secret(value) : value,
      ]),
  );
}

/** Refuses a default provider that `pulumi:disable-default-providers` names. */
export function assertDefaultProviderAllowed(
  request: ProviderRequest,
  token: string,
  config: StackConfig,
): void {
  const key = "pulumi:disable-default-providers";
  const listed = config.values[key];
  if (request.packageName === "pulumi" || listed === undefined || listed === "") {
    return;
  }
  const names: unknown = parseJson(listed);
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    throw new RefusedCall(`config \`${key}\` is \`${listed}\`: expected a list of package names`);
  }
  if (names.some((name: string) => name.trim() === "*" || name.trim() === request.packageName)) {
    throw new RefusedCall(
      `\`${token}\` would use the default provider of \`${request.packageName}\`, which config \`${key}\` disables: ` +
        `give it an explicit provider, or take \`${request.packageName}\` off that list`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** The default providers registered so far, each once, also while its registration is under way. */
export class DefaultProviders {
  readonly #references = new Map<string, Promise<string>>();

  reference(request: ProviderRequest, register: () => Promise<string>): Promise<string> {
    const key = requestKey(request);
    const known = this.#references.get(key);
    if (known !== undefined) {
      return known;
    }
    const reference = register();
    this.#references.set(key, reference);
    return reference;
  }
}
