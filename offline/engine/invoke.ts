import type { CheckFailure } from "../protocol/provider.ts";
import type { WireMap } from "../protocol/wire.ts";
import { findAnswer } from "../protocol/answers.ts";
import { answerTemplate } from "./answer-template.ts";
import { RefusedCall, UnansweredLookup } from "./problem-log.ts";
import { lookupArguments } from "./provider-registry.ts";
import type { ProviderInstance } from "./provider-registry.ts";
import type { RunContext } from "./run-context.ts";
import type { ResourceState } from "./state.ts";
import type { InvokeOptions } from "./transforms.ts";

export interface InvokeRequest {
  readonly token: string;
  readonly args: WireMap;
  /** URN of the component on whose behalf it is made; empty: none. */
  readonly parent: string;
  readonly packageRef: string;
  readonly options: InvokeOptions;
}

export interface InvokeResult {
  readonly result: WireMap;
  readonly failures: readonly CheckFailure[];
}

/** Token of the lookup by which SDKs resolve references to resources. */
const GET_RESOURCE = "pulumi:pulumi:getResource";

/**
 * Answers a function call: from the answers that were supplied, else by the provider.
 *
 * @throws RefusedCall where there is no answer; the reason is then among the run's problems
 */
export function invoke(
  token: string,
  args: WireMap,
  instance: ProviderInstance,
  context: RunContext,
  find: (urn: string) => ResourceState | undefined,
): InvokeResult {
  if (token === GET_RESOURCE) {
    return { result: getResource(args, find), failures: [] };
  }
  const plain = lookupArguments(args);
  const answer = findAnswer(context.answers, token, plain);
  if (answer !== undefined) {
    return { result: answer.result, failures: [] };
  }
  if (instance.kind !== "simulated") {
    return unanswered(token, plain, context, answerTemplate(token, plain));
  }
  const response = instance.configured.invoke(token, plain);
  switch (response.kind) {
    case "result":
      return { result: response.result, failures: [] };
    case "failures":
      return { result: {}, failures: response.failures };
    case "unanswered":
      return unanswered(token, plain, context, response.supply);
  }
}

function getResource(args: WireMap, find: (urn: string) => ResourceState | undefined): WireMap {
  const urn = typeof args["urn"] === "string" ? args["urn"] : "";
  const state = find(urn);
  if (state === undefined) {
    throw new RefusedCall(`unknown resource \`${urn}\``);
  }
  return { urn: state.urn, id: state.id, state: state.outputs };
}

/** Records a lookup without an answer, and refuses it. */
export function unanswered(token: string, args: WireMap, context: RunContext, supply: string): never {
  const message =
    `lookup \`${token}\` with \`${JSON.stringify(args)}\` has no answer offline: ` +
    `add \`${supply}\` to the answers file, with the result it shall have`;
  context.problems.add({ kind: "unanswered-lookup", token, args, supply, message });
  throw new UnansweredLookup(message);
}
