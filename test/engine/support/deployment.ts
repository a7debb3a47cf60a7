import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";
import { graphOf, type Aspect, type Graph, type Node } from "./graph.ts";
import { booleanAt, listAt, mapAt, numberAt, stringAt, stringsAt, stringListsAt } from "./json.ts";
import { providerUrn } from "./provider-urn.ts";
import { wireFormOf } from "./wire-form.ts";

/** What a state does not keep. Source: sdk/go/common/apitype/core.go, ResourceV3. */
export const STATE_LACKS: readonly Aspect[] = ["deleteBeforeReplace", "aliases"];

/** The graph of a deployment as `pulumi stack export --show-secrets` writes it. */
export function graphOfDeployment(deployment: WireMap): Graph {
  return graphOf(resourcesOf(deployment).map(nodeOf));
}

export function resourcesOf(deployment: WireMap): readonly Wire[] {
  return listAt(mapAt(deployment, "deployment"), "resources");
}

function nodeOf(resource: Wire): Node {
  const timeouts = mapAt(resource, "customTimeouts");
  const type = stringAt(resource, "type");
  const id = stringAt(resource, "id");
  return {
    urn: stringAt(resource, "urn"),
    type,
    custom: booleanAt(resource, "custom"),
    external: booleanAt(resource, "external"),
    parent: stringAt(resource, "parent"),
    provider: providerUrn(stringAt(resource, "provider")).urn,
    id: id === "" || type.startsWith("pulumi:providers:") ? undefined : id,
    inputs: wireFormOf(mapAt(resource, "inputs")),
    outputs: wireFormOf(mapAt(resource, "outputs")),
    dependencies: stringsAt(resource, "dependencies").toSorted(),
    propertyDependencies: stringListsAt(resource, "propertyDependencies"),
    options: {
      protect: booleanAt(resource, "protect"),
      deleteBeforeReplace: undefined,
      ignoreChanges: stringsAt(resource, "ignoreChanges").toSorted(),
      additionalSecretOutputs: stringsAt(resource, "additionalSecretOutputs").toSorted(),
      customTimeouts: {
        create: numberAt(timeouts, "create"),
        update: numberAt(timeouts, "update"),
        delete: numberAt(timeouts, "delete"),
      },
      retainOnDelete: booleanAt(resource, "retainOnDelete"),
      replaceOnChanges: stringsAt(resource, "replaceOnChanges").toSorted(),
      hideDiffs: stringsAt(resource, "hideDiff").toSorted(),
      deletedWith: stringAt(resource, "deletedWith"),
      importId: stringAt(resource, "importID"),
      aliases: undefined,
    },
  };
}
