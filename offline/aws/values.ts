import {
  ASSET_SIGNATURE,
  ARCHIVE_SIGNATURE,
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  SECRET_SIGNATURE,
  UNKNOWN,
  isUnknown,
  isWireMap,
  secret,
  signatureOf,
} from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";
import { bare, isArray } from "../protocol/bare.ts";

export { bare, canonical } from "../protocol/bare.ts";
export type { Bare } from "../protocol/bare.ts";

/** The same value with output values and resource references replaced by what they stand for; secrets stay secret. */
export function settled(value: Wire): Wire {
  if (isArray(value)) {
    return value.map((part) => settled(part));
  }
  if (!isWireMap(value)) {
    return isUnknown(value) ? UNKNOWN : value;
  }
  switch (signatureOf(value)) {
    case SECRET_SIGNATURE:
      return secret(settled(value["value"] ?? null));
    case OUTPUT_SIGNATURE: {
      const content = value["value"];
      const inner = content === undefined ? UNKNOWN : settled(content);
      return value["secret"] === true ? secret(inner) : inner;
    }
    case RESOURCE_SIGNATURE: {
      return bare(value).value;
    }
    case ASSET_SIGNATURE:
    case ARCHIVE_SIGNATURE:
      return value;
    default:
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, settled(part)]));
  }
}

/** {@link settled} for the properties of a resource; nulls and the engine's own `__` properties are left out. */
export function settledMap(map: WireMap): WireMap {
  const result: Record<string, Wire> = {};
  for (const [key, value] of Object.entries(map)) {
    if (value !== null && !key.startsWith("__")) {
      result[key] = settled(value);
    }
  }
  return result;
}

/** Parses JSON text; undefined where it is none. */
export function parseJson(text: string): Wire | undefined {
  try {
    const parsed: Wire = JSON.parse(text);
    return parsed;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** A value as text: scalars as they are written, anything else as JSON; empty where there is none. */
export function asText(value: Wire | undefined): string {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
