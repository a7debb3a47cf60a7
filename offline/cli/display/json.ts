import type { Diagnostic, Outcome, PackInfo, Problem, UnknownType, Violation } from "../../engine/index.ts";
import { toWireMap } from "../../protocol/plain-data.ts";
import type { WireMap } from "../../protocol/wire.ts";
import type { Change, Comparison } from "../deployment/compare.ts";
import { printable, printableMap } from "./secrets.ts";

/** The output of `--json`. Fields are only ever added to a version. */
export interface PreviewJson {
  readonly version: 1;
  readonly mode: "resolved" | "preview";
  readonly exitCode: number;
  readonly environments: readonly EnvironmentJson[];
  /** What a pattern of `--cwd` matched and cannot be previewed, each with why not. */
  readonly passedOver: readonly string[];
}

export interface EnvironmentJson {
  /** The project's name. */
  readonly project: string;
  /** Absolute path of the folder of the project file. */
  readonly folder: string;
  readonly stack: string;
  readonly kind: Outcome["kind"];
  readonly problems: readonly Problem[];
  readonly resources: readonly WireMap[];
  readonly violations: readonly Violation[];
  readonly remediations: readonly WireMap[];
  readonly packs: readonly PackInfo[];
  readonly outputs: WireMap;
  readonly diagnostics: readonly Diagnostic[];
  readonly unknownTypes: readonly UnknownType[];
  readonly changes?: {
    readonly changes: readonly Change[];
    readonly unchanged: number;
    readonly notCompared: number;
  };
}

/** One environment for a machine: secrets hidden, what is not known named. */
export function environmentJson(
  { project, folder, stack }: Pick<EnvironmentJson, "folder" | "project" | "stack">,
  outcome: Outcome,
  comparison: Comparison | undefined,
): EnvironmentJson {
  return {
    project,
    folder,
    stack,
    kind: outcome.kind,
    problems: outcome.kind === "failed" ? outcome.problems : [],
    resources: outcome.resources.map((resource) => hide({ ...resource })),
    violations: outcome.violations,
    remediations: outcome.remediations.map((remediation) => hide({ ...remediation })),
    packs: outcome.packs,
    outputs: printableMap(outcome.stackOutputs),
    diagnostics: outcome.diagnostics,
    unknownTypes: outcome.unknownTypes,
    ...(comparison === undefined
      ? {}
      : {
          changes: {
            ...comparison,
            changes: comparison.changes.map((change) =>
              change.kind === "updated"
                ? {
                    ...change,
                    properties: change.properties.map((property) => ({
                      property: property.property,
                      ...(property.before === undefined ? {} : { before: printable(property.before) }),
                      ...(property.after === undefined ? {} : { after: printable(property.after) }),
                    })),
                  }
                : change,
            ),
          },
        }),
  };
}

function hide(record: object): WireMap {
  return printableMap(toWireMap(record));
}
