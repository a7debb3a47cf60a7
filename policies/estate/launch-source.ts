import { at, isAbsent, root } from "../reader/place.ts";
import { isUnreadable, readInteger, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { type Launch, LAUNCH_FORMS, type LaunchSource } from "./launch.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** What a launch takes its settings from. */
export type SourceResolution =
  /** Settings of the stack: of a template, as of its version that is launched. */
  | { readonly kind: "settings"; readonly launch: Launch; readonly record: ResourceRecord }
  /** A template of the stack, in a version that another update made. */
  | { readonly kind: "other-version"; readonly template: string; readonly version: string }
  | { readonly kind: "outside"; readonly source: LaunchSource["kind"]; readonly name: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable };

/** The settings behind a reference; several, where it cannot be told yet which of them it means. */
export function resolveSource(
  estate: Estate,
  from: ResourceRecord,
  source: LaunchSource,
): readonly SourceResolution[] {
  const place = isAbsent(source.id) || source.id.data === "" ? source.name : source.id;
  const target = resolve(estate, from, place, [source.kind]);
  switch (target.kind) {
    case "absent":
      return [
        {
          kind: "unreadable",
          cause: { kind: "malformed", path: source.id.path, expected: "an id or a name", found: "nothing" },
        },
      ];
    case "outside":
      return [{ kind: "outside", source: source.kind, name: target.value }];
    case "unreadable":
      return [{ kind: "unreadable", cause: target.cause }];
    case "found":
      return target.records.map((record) => settingsOf(from, source, record));
  }
}

function settingsOf(from: ResourceRecord, source: LaunchSource, record: ResourceRecord): SourceResolution {
  const [launch] = LAUNCH_FORMS.get(record.type)?.(record) ?? [];
  if (launch === undefined) {
    throw new Error(`\`${record.type}\` is no source of launches`);
  }
  if (source.kind === "launch-configuration") {
    return { kind: "settings", launch, record };
  }
  const version = readText({
    ...source.version,
    data: typeof source.version.data === "number" ? String(source.version.data) : source.version.data,
  });
  if (version.kind === "malformed") {
    return { kind: "unreadable", cause: version };
  }
  if (version.kind === "unknown") {
    return isNew(record) || isComputedFromAlone(from, source, record)
      ? { kind: "settings", launch, record }
      : { kind: "unreadable", cause: version };
  }
  const wanted = version.kind === "known" && version.value !== "" ? version.value : "$Default";
  return isAsWritten(record, wanted)
    ? { kind: "settings", launch, record }
    : { kind: "other-version", template: record.name, version: wanted };
}

/** A template that this update creates has one version: the one that is written. */
function isNew(record: ResourceRecord): boolean {
  return number(record, "latestVersion") === undefined && number(record, "defaultVersion") === undefined;
}

/**
 * Whether the version is what the program writes now. The provider makes a new version of every change, and leaves the
 * default where it is, unless `updateDefaultVersion` moves it.
 *
 * Source: Terraform's aws_launch_template, `default_version` and `update_default_version`.
 */
function isAsWritten(record: ResourceRecord, version: string): boolean {
  const latest = number(record, "latestVersion");
  switch (version) {
    case "$Latest":
      return true;
    case "$Default": {
      const moves = at(properties(record), "updateDefaultVersion").data;
      return (
        moves === true ||
        isNew(record) ||
        (latest !== undefined && latest === number(record, "defaultVersion"))
      );
    }
    default:
      return isNew(record) ? version === "1" : latest !== undefined && version === String(latest);
  }
}

/**
 * A version that is not known yet, and was computed from nothing but the template: its newest. The provider knows the
 * default version of a template that is there already.
 */
function isComputedFromAlone(from: ResourceRecord, source: LaunchSource, record: ResourceRecord): boolean {
  const [property = ""] = source.version.path.split(/[.[]/, 1);
  const urns = from.dependencies[property] ?? [];
  return (
    urns.length > 0 &&
    urns.every((urn) => urn === record.urn) &&
    number(record, "defaultVersion") !== undefined
  );
}

/** A number that the provider answered; undefined while it is not known. */
function number(record: ResourceRecord, property: string): number | undefined {
  const read = readInteger(at(root(record.outputs ?? {}), property));
  return isUnreadable(read) || read.kind === "absent" ? undefined : read.value;
}
