import { isUnknown, isWireMap } from "../protocol/wire.ts";
import type { DiffRequest, DiffResponse } from "../protocol/provider.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Comparison, Model } from "./model.ts";
import { policyMeaning } from "./policy-equality.ts";
import { bare, canonical, parseJson, settledMap } from "./values.ts";

function comparable(value: Wire, comparison: Comparison | undefined): string {
  const plain = bare(value).value;
  if (comparison !== "set" && comparison !== undefined && typeof plain === "string" && !isUnknown(plain)) {
    const parsed = parseJson(plain) ?? plain;
    return comparison === "policy" ? policyMeaning(parsed) : canonical(parsed);
  }
  if (comparison === "set" && Array.isArray(plain)) {
    return JSON.stringify(plain.map((part: Wire) => canonical(part)).toSorted());
  }
  return canonical(plain);
}

function sameValue(
  before: Wire | undefined,
  after: Wire | undefined,
  comparison: Comparison | undefined,
): boolean {
  if (before === undefined || after === undefined) {
    return before === after;
  }
  return comparable(before, comparison) === comparable(after, comparison);
}

/** The top-level properties of two sets of inputs that differ. */
export function changedProperties(
  before: WireMap,
  after: WireMap,
  comparisons: { readonly [input: string]: Comparison } = {},
): readonly string[] {
  const left = settledMap(before);
  const right = settledMap(after);
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => !sameValue(left[name], right[name], comparisons[name])).toSorted();
}

/** Whether a change of this input makes another resource. Everything is replaced that moves to another region. */
function replacing(name: string, model: Model, request: DiffRequest): boolean {
  const part = model.replacesPart?.[name];
  if (part === undefined) {
    return name === "region" || model.replaces.includes(name);
  }
  const before = bare(settledMap(request.oldInputs)).value;
  const after = bare(settledMap(request.news)).value;
  return isWireMap(before) && isWireMap(after) && canonical(part(before)) !== canonical(part(after));
}

/** What changes, and what of it makes another resource. An input that is not known yet counts as changed. */
export function difference(request: DiffRequest, model: Model | undefined): DiffResponse {
  const ignored = new Set(request.ignoreChanges.map((path) => path.replace(/[.[].*$/u, "")));
  const changed = changedProperties(request.oldInputs, request.news, model?.comparisons).filter(
    (name) => !ignored.has(name),
  );
  const replaces = changed.filter((name) => model !== undefined && replacing(name, model, request));
  return {
    diffs: changed,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && model?.deleteBeforeReplace === true,
  };
}
