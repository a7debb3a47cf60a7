import { isWireMap } from "../../protocol/wire.ts";
import type { Wire } from "../../protocol/wire.ts";

/** The characters that Go's encoder escapes so that JSON may stand in HTML. */
const ESCAPES: { readonly [character: string]: string } = {
  "&": String.raw`\u0026`,
  "<": String.raw`\u003c`,
  ">": String.raw`\u003e`,
  "\u2028": String.raw`\u2028`,
  "\u2029": String.raw`\u2029`,
};

/** A text as Go's `encoding/json` writes it. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[&<>\u2028\u2029]/gu,
    (character) => ESCAPES[character] ?? character,
  );
}

/**
 * Writes a value as Go's `encoding/json` does, in one line or with `indent` spaces a level. Objects keep the order of
 * their keys: the caller orders them as Go would.
 */
export function goJson(value: Wire, indent = 0, margin = ""): string {
  const inner = margin + " ".repeat(indent);
  const open = indent === 0 ? "" : `\n${inner}`;
  const close = indent === 0 ? "" : `\n${margin}`;
  if (Array.isArray(value)) {
    const parts = value.map((part: Wire) => goJson(part, indent, inner));
    return parts.length === 0 ? "[]" : `[${open}${parts.join(`,${open}`)}${close}]`;
  }
  if (isWireMap(value)) {
    const colon = indent === 0 ? ":" : ": ";
    const parts = Object.entries(value).map(
      ([key, part]) => `${text(key)}${colon}${goJson(part, indent, inner)}`,
    );
    return parts.length === 0 ? "{}" : `{${open}${parts.join(`,${open}`)}${close}}`;
  }
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}
