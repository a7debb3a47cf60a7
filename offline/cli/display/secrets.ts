import {
  ARCHIVE_SIGNATURE,
  ASSET_SIGNATURE,
  OUTPUT_SIGNATURE,
  RESOURCE_SIGNATURE,
  SECRET_SIGNATURE,
  type Wire,
  type WireMap,
  isUnknown,
  isWireMap,
  signatureOf,
} from "../../protocol/wire.ts";

/** What stands for a value that must not be shown, as the Pulumi CLI writes it. */
export const HIDDEN = "[secret]";

/** What stands for a value that is not known yet, as the Pulumi CLI writes it. */
export const NOT_KNOWN = "[unknown]";

/** A value as a person, a log or a machine may see it: no secret in it, and nothing of the protocol's own. */
export function printable(value: Wire): Wire {
  if (isUnknown(value)) {
    return NOT_KNOWN;
  }
  if (Array.isArray(value)) {
    return value.map((element: Wire) => printable(element));
  }
  if (!isWireMap(value)) {
    return value;
  }
  switch (signatureOf(value)) {
    case SECRET_SIGNATURE:
      return HIDDEN;
    case OUTPUT_SIGNATURE:
      return value["secret"] === true ? HIDDEN : printable(value["value"] ?? NOT_KNOWN);
    case RESOURCE_SIGNATURE:
      return value["urn"] ?? null;
    case ASSET_SIGNATURE:
      return "[asset]";
    case ARCHIVE_SIGNATURE:
      return "[archive]";
    case undefined:
    default:
      return printableMap(value);
  }
}

export function printableMap(values: WireMap): WireMap {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, printable(value)]));
}
