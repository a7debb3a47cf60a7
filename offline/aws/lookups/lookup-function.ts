import type { InvokeResponse } from "../../protocol/provider.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { lookupResultOf } from "../catalogue.ts";
import type { Setting } from "../provider.ts";

/** One call of a lookup, its arguments without wrappings. */
export interface Lookup {
  readonly token: string;
  readonly args: WireMap;
  readonly setting: Setting;
}

export type LookupFunction = (lookup: Lookup) => InvokeResponse;

export function result(value: WireMap): InvokeResponse {
  return { kind: "result", result: value };
}

export function failure(property: string, reason: string): InvokeResponse {
  return { kind: "failures", failures: [{ property, reason }] };
}

/** A value to be completed by a person, of a type of the schema. */
function placeholder(type: string): Wire {
  if (type.endsWith("[]")) {
    return type === "string[]" ? ["…"] : [];
  }
  if (type.startsWith("{") || type.startsWith("@")) {
    return {};
  }
  switch (type) {
    case "number":
      return 0;
    case "boolean":
      return false;
    default:
      return "…";
  }
}

/** A result of a lookup with every value left open, but for those that its arguments tell. */
function exampleOf(token: string, args: WireMap): WireMap {
  const schema = lookupResultOf(token) ?? { id: "string" };
  const required = Object.entries(schema).filter(([name]) => !name.endsWith("?"));
  return Object.fromEntries(required.map(([name, type]) => [name, args[name] ?? placeholder(type)]));
}

/**
 * The simulation has no answer: what it tells a person is the entry of an answers file, with `example` to complete.
 * @param example What a result holds. @default what the typings of the lookup's result say
 */
export function unanswered(
  token: string,
  args: WireMap,
  example: WireMap = exampleOf(token, args),
): InvokeResponse {
  const entry =
    Object.keys(args).length === 0 ? { token, result: example } : { token, args, result: example };
  return { kind: "unanswered", token, args, supply: JSON.stringify(entry, undefined, 2) };
}

/** Refuses arguments of which none, or several, of `names` are set; undefined where one is. */
export function exactlyOneArgument(args: WireMap, names: readonly string[]): InvokeResponse | undefined {
  const given = names.filter((name) => args[name] !== undefined && args[name] !== "");
  return given.length === 1
    ? undefined
    : failure(given[1] ?? "", `exactly one of ${names.map((name) => `\`${name}\``).join(", ")} is required`);
}
