import type { InvokeResponse } from "../../protocol/provider.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
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

/** The simulation has no answer; `example` shows what a result holds. */
export function unanswered(token: string, args: WireMap, example: Wire = { id: "…" }): InvokeResponse {
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
