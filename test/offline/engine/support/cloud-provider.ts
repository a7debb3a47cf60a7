import type {
  CheckFailure,
  ConfiguredProvider,
  InvokeResponse,
  SimulatedProvider,
} from "@bastionless/offline/protocol/provider.ts";
import type { WireMap } from "@bastionless/offline/protocol/wire.ts";
import { UNKNOWN } from "@bastionless/offline/protocol/wire.ts";

/** A small package `cloud`: things with an `arn` that only the cloud can tell, and one lookup. */
export function cloudProvider(): SimulatedProvider {
  return {
    name: "cloud",
    version: "1.2.3",
    knowsType: (type) => type === "cloud:index:Thing",
    checkConfig: (news) => ({
      inputs: news,
      failures:
        news["region"] === "nowhere" ? [{ property: "region", reason: "expected a region that exists" }] : [],
    }),
    diffConfig: () => ({ diffs: [], replaces: [], deleteBeforeReplace: false }),
    configure: (inputs) => configured(inputs),
  };
}

function configured(config: WireMap): ConfiguredProvider {
  return {
    check: ({ news, name }) => ({
      inputs: { physicalName: `${name}-0000000`, ...news },
      failures: failures(news),
    }),
    diff: () => ({ diffs: [], replaces: [], deleteBeforeReplace: false }),
    create: ({ name, inputs, preview }) => ({
      id: preview ? "" : `id-${name}`,
      outputs: {
        ...inputs,
        region: config["region"] ?? "default",
        arn: preview ? UNKNOWN : `arn:${name}`,
      },
    }),
    update: () => {
      throw new Error("nothing is ever updated in a first deployment");
    },
    read: ({ id, inputs }) =>
      id === "known-thing" ? { id, inputs, outputs: { arn: `arn:${id}`, label: "read" } } : undefined,
    invoke: (token, args) => answer(token, args),
  };
}

function failures(news: WireMap): readonly CheckFailure[] {
  return news["label"] === "forbidden"
    ? [
        { property: "label", reason: "expected any label but this one" },
        { property: "", reason: "and nothing else" },
      ]
    : [];
}

function answer(token: string, args: WireMap): InvokeResponse {
  if (args["name"] === "linux") {
    return { kind: "result", result: { id: "image-1" } };
  }
  if (args["name"] === "wrong") {
    return { kind: "failures", failures: [{ property: "name", reason: "expected a name that exists" }] };
  }
  return { kind: "unanswered", token, args, supply: JSON.stringify({ token, args, result: { id: "" } }) };
}
