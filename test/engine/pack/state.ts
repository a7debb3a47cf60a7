import type { WireMap } from "@bastionless/offline/protocol/wire.ts";

/** A resource in a state, as far as a test says it; the rest is as after an ordinary `pulumi up`. */
export interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly inputs?: WireMap;
  /** @default the inputs */
  readonly outputs?: WireMap;
  /** @default the name */
  readonly id?: string;
  /** The name of one of the state's. @default the default provider of AWS, in eu-west-1 */
  readonly provider?: string;
  /** What else stands in a state, such as `external`, `delete` or `pendingReplacement`. */
  readonly marks?: WireMap;
}

export interface StateProvider {
  /** No two have the same. */
  readonly name: string;
  /** @default "aws" */
  readonly package?: string;
  readonly inputs: WireMap;
}

const STACK = "urn:pulumi:dev::analyzed";
const DEFAULT: StateProvider = { name: "default_7_48_0", inputs: { region: "eu-west-1", version: "7.48.0" } };

export function stateUrn({ type, name }: Pick<StateResource, "type" | "name">): string {
  return `${STACK}::${type}::${name}`;
}

/** A deployment as `pulumi stack export` writes it. */
export function stateOf(
  resources: readonly StateResource[],
  providers: readonly StateProvider[] = [],
): WireMap {
  const root = `${STACK}::pulumi:pulumi:Stack::analyzed-dev`;
  const all = [DEFAULT, ...providers].map(({ name, package: of = "aws", inputs }) => ({
    name,
    urn: `${STACK}::pulumi:providers:${of}::${name}`,
    id: `id-of-${name}`,
    type: `pulumi:providers:${of}`,
    inputs,
  }));
  const referenceTo = (wanted: string): string => {
    const found = all.find(({ name }) => name === wanted);
    if (found === undefined) {
      throw new Error(`the state has no provider \`${wanted}\`: add it to its providers`);
    }
    return `${found.urn}::${found.id}`;
  };
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.255.0" },
      resources: [
        { urn: root, custom: false, type: "pulumi:pulumi:Stack" },
        ...all.map(({ urn, id, type, inputs }) => ({ urn, custom: true, id, type, inputs, outputs: inputs })),
        ...resources.map(
          ({ type, name, inputs = {}, outputs = inputs, id = name, provider, marks = {} }) => ({
            urn: stateUrn({ type, name }),
            custom: true,
            id,
            type,
            inputs,
            outputs,
            parent: root,
            provider: referenceTo(provider ?? DEFAULT.name),
            ...marks,
          }),
        ),
      ],
    },
  };
}
