import { asset, type runtime } from "@pulumi/pulumi";

import type { CheckFailure, ConfiguredProvider, SimulatedProvider } from "../../offline/protocol/provider.ts";
import {
  ARCHIVE_SIGNATURE,
  ASSET_SIGNATURE,
  SIGNATURE_KEY,
  SECRET_SIGNATURE,
  UNKNOWN,
  isWireMap,
  signatureOf,
} from "../../offline/protocol/wire.ts";
import type { Wire, WireMap } from "../../offline/protocol/wire.ts";

/** One resource as a program under test registered it. */
export interface MockedResource {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** Inputs with the provider's defaults (auto-names, `region`, `tagsAll`), without secret wrappings. */
  readonly inputs: WireMap;
  readonly id: string;
  readonly outputs: WireMap;
}

/** One lookup as a program under test asked it. */
export interface MockedLookup {
  readonly token: string;
  readonly args: WireMap;
}

export interface AwsMocks extends runtime.Mocks {
  /** Everything registered so far, in order of registration. */
  readonly resources: readonly MockedResource[];
  readonly lookups: readonly MockedLookup[];
  /** The resources of a type, such as `aws:ec2/vpc:Vpc`. */
  ofType(type: string): readonly MockedResource[];
  /** The one resource of a type with a logical name. Throws where there is none. */
  named(type: string, name: string): MockedResource;
}

export interface AwsMocksOptions {
  /** Provider configuration. @default the region us-east-1 */
  readonly configuration?: WireMap;
  /** Outputs of types that the provider does not model, such as the children of a remote component. */
  readonly others?: (type: string, name: string, inputs: WireMap) => WireMap | undefined;
  /** Answers for lookups that the simulation has none for. */
  readonly answers?: (token: string, args: WireMap) => WireMap | undefined;
}

function failed(what: string, failures: readonly CheckFailure[]): Error {
  const lines = failures.map(({ property, reason }) =>
    property === "" ? `  ${reason}` : `  ${property}: ${reason}`,
  );
  return new Error([`${what} is refused:`, ...lines].join("\n"));
}

/** The value without the wrappings of secrets; mocks hand plain values to programs. */
function plain(value: Wire): Wire {
  if (Array.isArray(value)) {
    return value.map((part: Wire) => plain(part));
  }
  if (!isWireMap(value)) {
    return value;
  }
  if (signatureOf(value) === SECRET_SIGNATURE) {
    return plain(value["value"] ?? null);
  }
  return plainMap(value);
}

function plainMap(map: WireMap): WireMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, plain(value)]));
}

/** Values that the SDK hands to mocks are plain data: what is neither is a bug of the test. */
function toWire(value: unknown): Wire {
  if (value === undefined || value === null) {
    return null;
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((part: unknown) => toWire(part));
  }
  // What they hold is there only later, and no test here reads it.
  if (asset.Archive.isInstance(value)) {
    return { [SIGNATURE_KEY]: ARCHIVE_SIGNATURE, assets: {} };
  }
  if (asset.Asset.isInstance(value)) {
    return { [SIGNATURE_KEY]: ASSET_SIGNATURE, text: "" };
  }
  if (typeof value === "object") {
    return toWireMap(value);
  }
  throw new Error(`a value of the kind \`${typeof value}\` cannot travel to a provider`);
}

function toWireMap(value: object): WireMap {
  const map: Record<string, Wire> = {};
  for (const [key, part] of Object.entries(value)) {
    if (part !== undefined && (key !== SIGNATURE_KEY || typeof part === "string")) {
      map[key] = toWire(part);
    }
  }
  return map;
}

/**
 * Mocks for `pulumi.runtime.setMocks` that ask a simulated provider: what it refuses is an error, what it computes is
 * what the program sees. Types that the provider does not know keep their inputs as outputs.
 */
export function awsMocks(provider: SimulatedProvider, options: AwsMocksOptions = {}): AwsMocks {
  const resources: MockedResource[] = [];
  const lookups: MockedLookup[] = [];
  const configured: ConfiguredProvider = provider.configure(options.configuration ?? { region: "us-east-1" });
  return {
    resources,
    lookups,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    named: (type, name) => {
      const found = resources.find((resource) => resource.type === type && resource.name === name);
      if (found === undefined) {
        const names = resources.map((resource) => `${resource.type} ${resource.name}`).join("\n  ");
        throw new Error(`no \`${type}\` named \`${name}\` was registered; there are:\n  ${names}`);
      }
      return found;
    },
    newResource: (args) => {
      const urn = `urn:pulumi:stack::project::${args.type}::${args.name}`;
      const news = toWireMap(typeof args.inputs === "object" && args.inputs !== null ? args.inputs : {});
      const custom = args.custom !== false;
      if (!custom || !provider.knowsType(args.type)) {
        const outputs = options.others?.(args.type, args.name, news) ?? news;
        const id = custom ? `${args.name}-id` : "";
        resources.push({ type: args.type, name: args.name, custom, inputs: news, id, outputs });
        return { id, state: outputs };
      }
      if (args.id !== undefined && args.id !== "") {
        const read = configured.read({
          urn,
          type: args.type,
          name: args.name,
          id: args.id,
          inputs: {},
          state: news,
        });
        return { id: args.id, state: plainMap(read?.outputs ?? news) };
      }
      const checked = configured.check({ urn, type: args.type, name: args.name, olds: undefined, news });
      if (checked.failures.length > 0) {
        throw failed(`\`${args.name}\` of type \`${args.type}\``, checked.failures);
      }
      const request = { urn, type: args.type, name: args.name, inputs: checked.inputs, preview: false };
      const created = configured.create(request);
      const outputs = plainMap(created.outputs);
      const unknown = Object.entries(outputs).find(([, value]) => value === UNKNOWN);
      if (unknown !== undefined) {
        throw new Error(`the simulated provider has no value for \`${unknown[0]}\` of \`${args.type}\``);
      }
      const inputs = plainMap(checked.inputs);
      resources.push({ type: args.type, name: args.name, custom, inputs, id: created.id, outputs });
      return { id: created.id, state: outputs };
    },
    call: (args) => {
      const given = toWireMap(typeof args.inputs === "object" && args.inputs !== null ? args.inputs : {});
      lookups.push({ token: args.token, args: given });
      const own = options.answers?.(args.token, given);
      if (own !== undefined) {
        return own;
      }
      const response = configured.invoke(args.token, given);
      switch (response.kind) {
        case "result":
          return plainMap(response.result);
        case "failures":
          throw failed(`the lookup \`${args.token}\``, response.failures);
        case "unanswered":
          throw new Error(
            `the simulation has no answer for \`${args.token}\`; an answer would be\n${response.supply}`,
          );
        default:
          throw new Error("a lookup was answered with a response of an unknown kind");
      }
    },
  };
}
