import { isUnknown, type Wire, type WireMap } from "@bastionless/offline/protocol/wire.ts";
import { graphOf, type Aspect, type Graph, type Node } from "./graph.ts";
import { booleanAt, mapAt, numberAt, stringAt, stringsAt, stringListsAt } from "./json.ts";
import { providerUrn } from "./provider-urn.ts";
import { wireFormOf } from "./wire-form.ts";

/** What `pulumi preview --save-plan` does not write down. Source: sdk/go/common/apitype/plan.go. */
export const PLAN_LACKS: readonly Aspect[] = [
  "id",
  "retainOnDelete",
  "replaceOnChanges",
  "hideDiffs",
  "deletedWith",
  "importId",
  "aliases",
];

/**
 * The graph of a first preview: a plan of a new stack has every resource's goal as added inputs. Written with
 * `--show-secrets`.
 */
export function graphOfPlan(plan: WireMap): Graph {
  return graphOf(Object.entries(mapAt(plan, "resourcePlans")).map(([urn, entry]) => nodeOf(urn, entry)));
}

function nodeOf(urn: string, entry: Wire): Node {
  const goal = mapAt(entry, "goal");
  const timeouts = mapAt(goal, "customTimeouts");
  return {
    urn,
    type: stringAt(goal, "type"),
    custom: booleanAt(goal, "custom"),
    external: false,
    parent: stringAt(goal, "parent"),
    provider: previewProvider(stringAt(goal, "provider")),
    id: undefined,
    inputs: wireFormOf(mapAt(mapAt(goal, "inputDiff"), "adds")),
    outputs: wireFormOf(mapAt(entry, "state")),
    dependencies: stringsAt(goal, "dependencies").toSorted(),
    propertyDependencies: stringListsAt(goal, "propertyDependencies"),
    options: {
      protect: booleanAt(goal, "protect"),
      deleteBeforeReplace:
        typeof goal["deleteBeforeReplace"] === "boolean" ? goal["deleteBeforeReplace"] : undefined,
      ignoreChanges: stringsAt(goal, "ignoreChanges").toSorted(),
      additionalSecretOutputs: stringsAt(goal, "additionalSecretOutputs").toSorted(),
      customTimeouts: {
        create: numberAt(timeouts, "create"),
        update: numberAt(timeouts, "update"),
        delete: numberAt(timeouts, "delete"),
      },
      retainOnDelete: undefined,
      replaceOnChanges: undefined,
      hideDiffs: undefined,
      deletedWith: undefined,
      importId: undefined,
      aliases: undefined,
    },
  };
}

/** In a first preview no provider has an id yet. */
function previewProvider(reference: string): string {
  const { urn, id } = providerUrn(reference);
  if (reference !== "" && !isUnknown(id)) {
    throw new Error(`the plan of a new stack names a provider with an id: \`${reference}\``);
  }
  return urn;
}
