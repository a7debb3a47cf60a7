import type { ResourceRecord } from "@bastionless/offline/engine/index.ts";
import { graphOf, type Graph } from "./graph.ts";
import { providerUrn } from "./provider-urn.ts";
import { wireFormOf } from "./wire-form.ts";

/** The graph that the offline engine recorded. */
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
