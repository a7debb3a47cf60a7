import { simulatedAws } from "../../../../offline/aws/index.ts";
import type {
  CheckFailure,
  CheckResponse,
  ConfiguredProvider,
} from "../../../../offline/protocol/provider.ts";
import type { WireMap } from "../../../../offline/protocol/wire.ts";

/** A provider of us-east-1, or of another configuration. */
export function configured(configuration: WireMap = { region: "us-east-1" }): ConfiguredProvider {
  return simulatedAws().configure(configuration);
}

export function urnOf(type: string, name = "thing"): string {
  return `urn:pulumi:dev::bastionless::${type}::${name}`;
}

export function check(type: string, news: WireMap, name = "thing", provider = configured()): CheckResponse {
  return provider.check({ urn: urnOf(type, name), type, name, olds: undefined, news });
}

/** The properties that a check refuses, in order. */
export function refused(type: string, news: WireMap): readonly string[] {
  return failures(type, news).map((failure) => failure.property);
}

export function failures(type: string, news: WireMap): readonly CheckFailure[] {
  return check(type, news).failures;
}

/** The outputs and id of a resource after check and create. */
export function created(
  type: string,
  news: WireMap,
  options: {
    readonly preview?: boolean;
    readonly name?: string;
    readonly provider?: ConfiguredProvider;
  } = {},
): { readonly id: string; readonly outputs: WireMap } {
  const provider = options.provider ?? configured();
  const name = options.name ?? "thing";
  const { inputs } = check(type, news, name, provider);
  return provider.create({ urn: urnOf(type, name), type, name, inputs, preview: options.preview ?? false });
}

/** What changes between two sets of inputs, each completed by a check as the engine does. */
export function changes(
  type: string,
  before: WireMap,
  after: WireMap,
): { readonly diffs: readonly string[]; readonly replaces: readonly string[] } {
  const provider = configured();
  const olds = check(type, before).inputs;
  const news = check(type, after).inputs;
  const { diffs, replaces } = provider.diff({
    urn: urnOf(type),
    type,
    id: "id",
    oldInputs: olds,
    oldOutputs: {},
    news,
    ignoreChanges: [],
  });
  return { diffs, replaces };
}
