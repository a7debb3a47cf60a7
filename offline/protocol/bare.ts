import {
  ASSET_SIGNATURE,
  ARCHIVE_SIGNATURE,
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  SECRET_SIGNATURE,
  UNKNOWN,
  isUnknown,
  isWireMap,
  signatureOf,
} from "./wire.ts";
import type { Wire, WireMap } from "./wire.ts";

/** A wire value without its wrappings, and what they said about it. */
export interface Bare {
  /** Plain data; unknown parts are the unknown sentinel. */
  readonly value: Wire;
  /** Whether any part of it is unknown. */
  readonly unknown: boolean;
  /** Whether any part of it is secret. */
  readonly secret: boolean;
}

/** Whether a value is a list; `Array.isArray` does not narrow a readonly one. */
export function isArray(value: Wire): value is readonly Wire[] {
  return Array.isArray(value);
}

/** Strips secrets, outputs and resource references (which become their id) from a value, at every depth. */
export function bare(value: Wire): Bare {
  if (isUnknown(value)) {
    return { value: UNKNOWN, unknown: true, secret: false };
  }
  if (isArray(value)) {
    const parts = value.map((part) => bare(part));
    return {
      value: parts.map((part) => part.value),
      unknown: parts.some((part) => part.unknown),
      secret: parts.some((part) => part.secret),
    };
  }
  if (!isWireMap(value)) {
    return { value, unknown: false, secret: false };
  }
  switch (signatureOf(value)) {
    case SECRET_SIGNATURE:
      return { ...bare(value["value"] ?? null), secret: true };
    case OUTPUT_SIGNATURE: {
      const content = value["value"];
      const inner = content === undefined ? { value: UNKNOWN, unknown: true, secret: false } : bare(content);
      return { ...inner, secret: inner.secret || value["secret"] === true };
    }
    case RESOURCE_SIGNATURE: {
      const id = value["id"];
      return id === undefined || id === "" ? { value: UNKNOWN, unknown: true, secret: false } : bare(id);
    }
    case ASSET_SIGNATURE:
    case ARCHIVE_SIGNATURE:
      return { value, unknown: false, secret: false };
    default:
      return bareMap(value);
  }
}

function bareMap(map: WireMap): Bare {
  const parts = Object.entries(map).map(([key, part]): readonly [string, Bare] => [key, bare(part)]);
  return {
    value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    unknown: parts.some(([, part]) => part.unknown),
    secret: parts.some(([, part]) => part.secret),
  };
}

/** A text that is equal for equal plain values, whatever the order of keys. */
export function canonical(value: Wire): string {
  if (isArray(value)) {
    return `[${value.map((part) => canonical(part)).join(",")}]`;
  }
  if (isWireMap(value)) {
    const entries = Object.entries(value)
      .filter(([, part]) => part !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
