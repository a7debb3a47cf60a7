import type { HoleValue } from "../match/template.ts";
import type { RequestContext } from "./request.ts";

/** A request's keys in lower case, each with its values as text. An empty list is an absent key. */
export type ContextValues = ReadonlyMap<string, readonly string[]>;

export function readContext(context: RequestContext): ContextValues {
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(context)) {
    const list = Array.isArray(value) ? value.map(String) : [String(value)];
    if (list.length > 0) {
      values.set(key.toLowerCase(), list);
    }
  }
  return values;
}

/** What a policy variable stands for: a key of one value. */
export function holeValue(context: ContextValues, key: string): HoleValue {
  const values = context.get(key);
  return values?.length === 1 ? values[0] : undefined;
}
