import {
  ARCHIVE_SIGNATURE,
  ASSET_SIGNATURE,
  isUnknown,
  isWireMap,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  signatureOf,
  UNKNOWN,
  type Wire,
  type WireMap,
} from "@bastionless/offline/protocol/wire.ts";

/**
 * A value from an engine's plan, state or record in one form: secrets as `{ secret: … }` with their plain text, every
 * unknown as the one sentinel, assets and archives without the hash that only an engine which stores them computes, and
 * without the marks of the SDK's own.
 */
export function wireForm(value: Wire): Wire {
  if (isUnknown(value)) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map(wireForm);
  }
  if (!isWireMap(value)) {
    return value;
  }
  switch (signatureOf(value)) {
    case SECRET_SIGNATURE:
      return { secret: wireForm(plainOf(value)) };
    case ARCHIVE_SIGNATURE:
    case ASSET_SIGNATURE:
      return wireFormOf(without(value, ["__pulumiArchive", "__pulumiAsset", "hash"]));
    default:
      return wireFormOf(value);
  }
}

/** The form of a resource's inputs or outputs. What the engine keeps for itself in a provider's is left out. */
export function wireFormOf(values: WireMap): WireMap {
  return Object.fromEntries(
    Object.entries(without(values, ["__internal"])).map(([key, value]) => [key, wireForm(value)]),
  );
}

function plainOf(value: WireMap): Wire {
  const { plaintext, value: wrapped } = value;
  if (typeof plaintext === "string") {
    const parsed: Wire = JSON.parse(plaintext);
    return parsed;
  }
  if (wrapped === undefined) {
    throw new Error(
      `a secret without its plain text: \`${Object.keys(value).join(", ")}\`, \`${SIGNATURE_KEY}\``,
    );
  }
  return wrapped;
}

function without(values: WireMap, names: readonly string[]): WireMap {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
