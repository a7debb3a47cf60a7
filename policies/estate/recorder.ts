import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { type DataMap, readProps } from "../reader/data.ts";
import { buildEstate, type Estate } from "./estate.ts";
import { isRelevant, readFacts, type ResourceFacts } from "./facts.ts";
import { hasInputs, isEmpty, type ResourceRecord, stackOf } from "./resource-record.ts";

/** The type of the stack itself, which the engine shows among its resources. */
export const ROOT_TYPE = "pulumi:pulumi:Stack";

interface Visit {
  readonly facts: ResourceFacts;
  /** The facts, where rules can go by them. */
  readonly told: ResourceFacts | undefined;
  readonly seenBy: Set<string>;
}

interface Joined {
  readonly estate: Estate;
  readonly urns: readonly string[];
  readonly seenBy: Set<string>;
}

/** What one operation on one stack has shown so far. */
interface Operation {
  readonly visits: Map<string, Visit>;
  readonly rootSeenBy: Set<string>;
  /** By URN. */
  readonly providers: Map<string, DataMap>;
  joined: Joined | undefined;
}

/** One operation on one stack, as something to keep notes by: in a WeakMap, which forgets them with the operation. */
export type OperationToken = object;

/**
 * Remembers what the resource callbacks saw, for the stack callbacks.
 *
 * The engine calls every rule for one resource after another, and at the end of the operation every rule for the stack:
 * with the outputs of all resources, in which a value that is not known is missing. So inputs are kept from the
 * resource callbacks, one record for all rules, and joined with the outputs once.
 *
 * Stacks do not mix, nor do operations: what a rule sees for the second time begins anew. Nothing tells a pack that an
 * operation begins.
 */
export class Recorder {
  readonly #operations = new Map<string, Operation>();
  /** By type: asked for every rule and resource, and most resources are none of the rules' business. */
  readonly #relevance = new Map<string, boolean>();

  /** The operation that a resource was last visited or joined in. */
  operation(urn: string): OperationToken {
    return this.#operation(urn);
  }

  /** Whether the running operation's model of that stack is there, made of so many resources. */
  isJoined(urn: string, resources: number): boolean {
    return this.#operation(urn).joined?.urns.length === resources;
  }

  /** A visit by what reads no facts: the operation begins, where it does. */
  announce(rule: string, type: string, urn: string): void {
    if (type === ROOT_TYPE) {
      this.#visitRoot(rule, urn);
    } else if (this.#isRelevant(type)) {
      this.#running(urn);
    }
  }

  /**
   * Facts of the resource that a rule is called for; undefined where rules read nothing of its type, and where it has no
   * inputs: what it is, the stack callback tells.
   */
  visit(
    rule: string,
    args: Pick<ResourceValidationArgs, "type" | "urn" | "name" | "props" | "opts" | "provider">,
  ): ResourceFacts | undefined {
    if (args.type === ROOT_TYPE) {
      this.#visitRoot(rule, args.urn);
      return undefined;
    }
    if (!this.#isRelevant(args.type)) {
      return undefined;
    }
    const operation = this.#running(args.urn);
    const visit = operation.visits.get(args.urn);
    if (visit !== undefined && !visit.seenBy.has(rule)) {
      visit.seenBy.add(rule);
      return visit.told;
    }
    const facts = readFacts({
      urn: args.urn,
      type: args.type,
      name: args.name,
      inputs: readProps(args.props),
      outputs: undefined,
      dependencies: {},
      parent: args.opts.parent,
      provider: args.provider?.urn,
      ...providerInputs(operation, args.provider),
    });
    const told = hasInputs(facts.record) ? facts : undefined;
    operation.visits.set(args.urn, { facts, told, seenBy: new Set([rule]) });
    return told;
  }

  /**
   * The estate that a rule is called for.
   *
   * @param resources all of the stack's; the first of them is enough where another rule has joined them just before.
   */
  join(rule: string, resources: readonly PolicyResource[]): Estate {
    const [first] = resources;
    if (first === undefined) {
      return buildEstate([], []);
    }
    const { joined } = this.#operation(first.urn);
    if (joined !== undefined && !joined.seenBy.has(rule) && isSameStack(joined.urns, resources)) {
      joined.seenBy.add(rule);
      return joined.estate;
    }
    const operation = this.#running(first.urn);
    const estate = buildEstate(
      resources
        .filter((resource) => this.#isRelevant(resource.type))
        .map((resource) => joinFacts(resource, operation)),
      resources.map((resource) => ({
        urn: resource.urn,
        type: resource.type,
        parent: resource.parent?.urn,
      })),
    );
    operation.joined = {
      estate,
      urns: resources.map((resource) => resource.urn),
      seenBy: new Set([rule]),
    };
    return estate;
  }

  #isRelevant(type: string): boolean {
    let relevant = this.#relevance.get(type);
    if (relevant === undefined) {
      relevant = isRelevant(type);
      this.#relevance.set(type, relevant);
    }
    return relevant;
  }

  #visitRoot(rule: string, urn: string): void {
    const operation = this.#running(urn);
    const current = operation.rootSeenBy.has(rule) ? this.#begin(urn) : operation;
    current.rootSeenBy.add(rule);
  }

  /** The operation that resources are visited in: after the stack has been joined, a new one. */
  #running(urn: string): Operation {
    const operation = this.#operation(urn);
    return operation.joined === undefined ? operation : this.#begin(urn);
  }

  #operation(urn: string): Operation {
    return this.#operations.get(stackOf(urn)) ?? this.#begin(urn);
  }

  #begin(urn: string): Operation {
    const operation: Operation = {
      visits: new Map(),
      rootSeenBy: new Set(),
      providers: new Map(),
      joined: undefined,
    };
    this.#operations.set(stackOf(urn), operation);
    return operation;
  }
}

/** Whether the resources are those, or the first of them, which is what `stack-shown-once.ts` leaves. */
function isSameStack(urns: readonly string[], resources: readonly PolicyResource[]): boolean {
  return (
    (resources.length === 1 || resources.length === urns.length) &&
    resources.every((resource, index) => resource.urn === urns[index])
  );
}

/** A provider's configuration, read once in an operation. */
function providerInputs(
  { providers }: Operation,
  provider: PolicyProviderResource | undefined,
): Pick<ResourceRecord, "providerInputs"> {
  if (provider === undefined) {
    return {};
  }
  let inputs = providers.get(provider.urn);
  if (inputs === undefined) {
    inputs = readProps(provider.props);
    providers.set(provider.urn, inputs);
  }
  return { providerInputs: inputs };
}

function joinFacts(resource: PolicyResource, operation: Operation): ResourceFacts {
  const visited = operation.visits.get(resource.urn)?.facts;
  const outputs = readProps(resource.props);
  // Without inputs it is what its outputs say, if they say anything.
  const inputs =
    visited !== undefined && (hasInputs(visited.record) || isEmpty(outputs))
      ? visited.record.inputs
      : undefined;
  const record = {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    inputs,
    outputs,
    dependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, owners]) => [
        property,
        owners.map((owner) => owner.urn),
      ]),
    ),
    dependsOn: resource.dependencies.map(({ urn }) => urn),
    parent: resource.parent?.urn,
    provider: resource.provider?.urn ?? visited?.record.provider,
    ...(visited?.record.providerInputs === undefined
      ? providerInputs(operation, resource.provider)
      : { providerInputs: visited.record.providerInputs }),
  };
  // Facts come from the inputs where there are any: what was read of them stands.
  return visited === undefined || inputs === undefined ? readFacts(record) : { ...visited, record };
}
