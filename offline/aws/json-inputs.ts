import { UNKNOWN, isWireMap, secret } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import type { ObjectSchema } from "./schema/schema.ts";
import { bare } from "./values.ts";

/**
 * Writes objects given for JSON texts (policy documents) as texts, as the provider does before it checks them.
 * A document with one unknown part is unknown as a whole.
 */
export function jsonAsText(inputs: WireMap, schema: ObjectSchema): WireMap {
  const result: Record<string, Wire> = { ...inputs };
  for (const [name, value] of Object.entries(inputs)) {
    const type = schema[name] ?? schema[`${name}?`];
    if (type === "json") {
      const stripped = bare(value);
      if (isWireMap(stripped.value) || Array.isArray(stripped.value)) {
        const text = stripped.unknown ? UNKNOWN : JSON.stringify(stripped.value);
        result[name] = stripped.secret ? secret(text) : text;
      }
    }
  }
  return result;
}
