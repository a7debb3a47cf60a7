import type { ResourceRecord } from "@bastionless/offline/engine/index.ts";
import { isUnknown } from "@bastionless/offline/protocol/wire.ts";
import { graphOf, type Graph } from "./graph.ts";
import { providerUrn } from "./provider-urn.ts";
import { wireFormOf } from "./wire-form.ts";

/** The graph that the offline engine recorded in a preview. */
export function graphOfRecords(records: readonly ResourceRecord[]): Graph {
  return graphOf(
    records.map((record) => ({
      urn: record.urn,
      type: record.type,
      custom: record.custom,
      external: record.external,
      parent: record.parent,
      provider: providerUrn(record.provider).urn,
      id: record.type.startsWith("pulumi:providers:") ? undefined : record.id,
      inputs: wireFormOf(record.inputs),
      outputs: wireFormOf(record.outputs),
      dependencies: record.dependencies.toSorted(),
      propertyDependencies: Object.fromEntries(
        Object.entries(record.propertyDependencies).map(([name, urns]) => [name, urns.toSorted()]),
      ),
      options: {
        protect: record.options.protect,
        deleteBeforeReplace: record.options.deleteBeforeReplace,
        ignoreChanges: record.options.ignoreChanges.toSorted(),
        additionalSecretOutputs: record.options.additionalSecretOutputs.toSorted(),
        customTimeouts: record.options.customTimeouts,
        retainOnDelete: record.options.retainOnDelete,
        replaceOnChanges: record.options.replaceOnChanges.toSorted(),
        hideDiffs: record.options.hideDiffs.toSorted(),
        deletedWith: record.options.deletedWith,
        importId: record.options.importId,
        aliases: record.options.aliases.toSorted(),
      },
    })),
  );
}

/**
 * The graph that it recorded in resolved mode, as a state would keep it: an output that is not known then, because the
 * simulation does not model it, is not in a state at all.
 */
export function stateGraphOfRecords(records: readonly ResourceRecord[]): Graph {
  return graphOfRecords(
    records.map((record) => ({
      ...record,
      outputs: Object.fromEntries(Object.entries(record.outputs).filter(([, value]) => !isUnknown(value))),
    })),
  );
}
