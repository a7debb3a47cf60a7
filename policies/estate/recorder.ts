import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { readProps } from "../reader/data.ts";
import { buildEstate, type Estate } from "./estate.ts";
import { isRelevant, readFacts, type ResourceFacts } from "./facts.ts";
import { stackOf } from "./resource-record.ts";

const ROOT_TYPE = "pulumi:pulumi:Stack";

interface Visit {
  readonly facts: ResourceFacts;
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
  joined: Joined | undefined;
}

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

  /** Facts of the resource that a rule is called for; undefined where rules read nothing of its type. */
  visit(
    rule: string,
    args: Pick<ResourceValidationArgs, "type" | "urn" | "name" | "props" | "opts" | "provider">,
  ): ResourceFacts | undefined {
    if (args.type === ROOT_TYPE) {
      this.#visitRoot(rule, args.urn);
      return undefined;
    }
    if (!isRelevant(args.type)) {
      return undefined;
    }
    const operation = this.#running(args.urn);
    const visit = operation.visits.get(args.urn);
    if (visit !== undefined && !visit.seenBy.has(rule)) {
      visit.seenBy.add(rule);
      return visit.facts;
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
    });
    operation.visits.set(args.urn, { facts, seenBy: new Set([rule]) });
    return facts;
  }

  /** The estate that a rule is called for. */
  join(rule: string, resources: readonly PolicyResource[]): Estate {
    const [first] = resources;
    if (first === undefined) {
      return buildEstate([], []);
    }
    const { joined } = this.#operation(first.urn);
    if (joined !== undefined && !joined.seenBy.has(rule) && sameUrns(joined.urns, resources)) {
      joined.seenBy.add(rule);
      return joined.estate;
    }
    const operation = this.#running(first.urn);
    const estate = buildEstate(
      resources
        .filter((resource) => isRelevant(resource.type))
        .map((resource) => joinFacts(resource, operation.visits.get(resource.urn)?.facts)),
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
    const operation: Operation = { visits: new Map(), rootSeenBy: new Set(), joined: undefined };
    this.#operations.set(stackOf(urn), operation);
    return operation;
  }
}

function sameUrns(urns: readonly string[], resources: readonly PolicyResource[]): boolean {
  return (
    urns.length === resources.length && resources.every((resource, index) => resource.urn === urns[index])
  );
}

function joinFacts(resource: PolicyResource, visited: ResourceFacts | undefined): ResourceFacts {
  const record = {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    inputs: visited?.record.inputs,
    outputs: readProps(resource.props),
    dependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, owners]) => [
        property,
        owners.map((owner) => owner.urn),
      ]),
    ),
    parent: resource.parent?.urn,
    provider: resource.provider?.urn ?? visited?.record.provider,
  };
  // Facts come from the inputs where there are any: what was read of them stands.
  return visited === undefined ? readFacts(record) : { ...visited, record };
}
