import type { WireMap } from "../protocol/wire.ts";
import { isUnknown } from "../protocol/wire.ts";
import { findAnswer } from "../protocol/answers.ts";
import { answerTemplate } from "./answer-template.ts";
import { unanswered } from "./invoke.ts";
import { lookupArguments, providerMap } from "./provider-registry.ts";
import type { ProviderInstance } from "./provider-registry.ts";
import { NO_OPTIONS } from "./registration.ts";
import { recordOptions } from "./record-options.ts";
import { registrationOfDefaultProvider } from "./registration.ts";
import type { SourcePlace } from "./report.ts";
import type { RunContext } from "./run-context.ts";
import type { ResourceState } from "./state.ts";
import { asSecret, isSecret, mapValues } from "./values.ts";

/** One `ReadResource` call: `.get`, or a stack reference. */
export interface ReadRequest {
  readonly type: string;
  readonly name: string;
  /** The unknown sentinel where the program does not know it yet. */
  readonly id: string;
  readonly parent: string;
  readonly inputs: WireMap;
  readonly dependencies: readonly string[];
  /** `urn::id`; empty: the default provider. */
  readonly provider: string;
  readonly version: string;
  readonly pluginDownloadUrl: string;
  readonly packageRef: string;
  readonly additionalSecretOutputs: readonly string[];
  readonly place: SourcePlace | undefined;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * The state of a resource that exists outside this stack.
 *
 * @throws RefusedCall where nobody can tell it; the reason is then among the run's problems
 */
export function readState(
  request: ReadRequest,
  urn: string,
  reference: string,
  instance: ProviderInstance,
  context: RunContext,
): ResourceState {
  const { type, name, id, parent, inputs } = request;
  const read = isUnknown(id) ? { id, outputs: {} } : findOutputs(request, urn, instance, context);
  const declared = new Set(request.additionalSecretOutputs);
  const outputs = mapValues(read.outputs, (value, key) =>
    declared.has(key) || isSecret(inputs[key]) ? asSecret(value) : value,
  );
  const options = { ...NO_OPTIONS, additionalSecretOutputs: request.additionalSecretOutputs };
  return {
    urn,
    type,
    name,
    custom: true,
    external: true,
    parent,
    provider: reference,
    dependencies: request.dependencies.toSorted(),
    propertyDependencies: {},
    options: recordOptions(registrationOfDefaultProvider(type, name, inputs), options, context, []),
    place: request.place,
    inputs,
    outputs,
    id: read.id,
  };
}

function findOutputs(
  request: ReadRequest,
  urn: string,
  instance: ProviderInstance,
  context: RunContext,
): { readonly id: string; readonly outputs: WireMap } {
  const { type, name, id } = request;
  const inputs = lookupArguments(request.inputs);
  const isReference = type === STACK_REFERENCE;
  const answer = findAnswer(context.answers, type, { ...inputs, id });
  if (answer !== undefined) {
    return { id, outputs: isReference ? stackReference(inputs["name"] ?? id, answer.result) : answer.result };
  }
  if (instance.kind === "simulated" && instance.provider.knowsType(type)) {
    const known = providerMap(request.inputs);
    const found = instance.configured.read({ urn, type, name, id, inputs: known, state: known });
    if (found !== undefined) {
      return found;
    }
  }
  return unanswered(
    type,
    isReference ? { name: inputs["name"] ?? id } : { id },
    context,
    answerTemplate(type, isReference ? { name: inputs["name"] ?? id } : { id }),
  );
}

/** A stack reference's outputs: those of the stack that it names, of which an answer gives all. */
function stackReference(name: WireMap[string], outputs: WireMap): WireMap {
  const secretNames = Object.keys(outputs).filter((key) => isSecret(outputs[key]));
  return { name, outputs, secretOutputNames: secretNames.toSorted() };
}
