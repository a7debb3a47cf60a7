import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";
import { isWireMap } from "@bastionless/offline/protocol/wire.ts";
import { mapAt, numberAt, parseMap, stringAt, stringsAt } from "./json.ts";
import { wireFormOf } from "./wire-form.ts";

/** A policy violation as the engine reports it. */
export interface EngineViolation {
  readonly pack: string;
  readonly policy: string;
  readonly enforcement: string;
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

/** What a policy changed in a resource's inputs. */
export interface EngineRemediation {
  readonly pack: string;
  readonly policy: string;
  readonly urn: string;
  readonly before: WireMap;
  readonly after: WireMap;
}

/** What the engine did, or proposes to do, with one resource. */
export interface EngineStep {
  readonly urn: string;
  /** `create`, `update`, `same`, `read` and so on. */
  readonly op: string;
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
}

export interface EngineDiagnostic {
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

/** An engine's event log, sorted by what it is about. */
export interface EngineEvents {
  readonly violations: readonly EngineViolation[];
  readonly remediations: readonly EngineRemediation[];
  readonly steps: readonly EngineStep[];
  /** Without debugging output. */
  readonly diagnostics: readonly EngineDiagnostic[];
  /** How many resources each operation is about. */
  readonly changes: { readonly [operation: string]: number };
  /** Pack names and versions. */
  readonly packs: { readonly [pack: string]: string };
}

/** Reads lines of JSON events, as `--event-log` and `policy analyze --json` write them. Other lines are skipped. */
export function readEvents(text: string): EngineEvents {
  const events = text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map(parseMap);
  const summary = payloads(events, "summaryEvent").at(-1) ?? {};
  return {
    violations: payloads(events, "policyEvent").map((event) => ({
      pack: stringAt(event, "policyPackName"),
      policy: stringAt(event, "policyName"),
      enforcement: stringAt(event, "enforcementLevel"),
      severity: stringAt(event, "severity"),
      urn: stringAt(event, "resourceUrn"),
      message: plainText(stringAt(event, "message")),
    })),
    remediations: payloads(events, "policyRemediationEvent").map((event) => ({
      pack: stringAt(event, "policyPackName"),
      policy: stringAt(event, "policyName"),
      urn: stringAt(event, "resourceUrn"),
      before: wireFormOf(mapAt(event, "before")),
      after: wireFormOf(mapAt(event, "after")),
    })),
    steps: payloads(events, "resourcePreEvent").map((event) => {
      const metadata = mapAt(event, "metadata");
      return {
        urn: stringAt(metadata, "urn"),
        op: stringAt(metadata, "op"),
        diffs: stringsAt(metadata, "diffs").toSorted(),
      };
    }),
    diagnostics: payloads(events, "diagnosticEvent")
      .map((event) => ({
        severity: stringAt(event, "severity"),
        urn: stringAt(event, "urn"),
        message: plainText(stringAt(event, "message")),
      }))
      .filter(({ severity }) => severity !== "debug"),
    changes: numbers(mapAt(summary, "resourceChanges")),
    packs: strings(mapAt(summary, "PolicyPacks")),
  };
}

function payloads(events: readonly WireMap[], kind: string): readonly WireMap[] {
  return events.map((event): Wire | undefined => event[kind]).filter(isWireMap);
}

/** Without the engine's colour directives (`<{%reset%}>`) and the line end it adds. */
function plainText(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, "").replace(/\n$/, "");
}

function numbers(map: WireMap): { readonly [name: string]: number } {
  return Object.fromEntries(Object.keys(map).map((name) => [name, numberAt(map, name)]));
}

function strings(map: WireMap): { readonly [name: string]: string } {
  return Object.fromEntries(Object.keys(map).map((name) => [name, stringAt(map, name)]));
}
