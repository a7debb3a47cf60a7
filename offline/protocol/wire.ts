/**
 * Property values as they travel over Pulumi's gRPC protocol, read with `Struct.toJavaScript()`.
 *
 * A secret, an output, a resource reference, an asset and an archive are objects with a signature key; a value that
 * is not known yet is one of a few sentinel strings.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/properties.go and sdk/nodejs/runtime/rpc.ts.
 */
export type Wire = null | boolean | number | string | readonly Wire[] | { readonly [key: string]: Wire };

/** The inputs or outputs of one resource, by property name. */
export type WireMap = { readonly [key: string]: Wire };

/** The key under which a special value says what it is. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
export const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";
export const ASSET_SIGNATURE = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE_SIGNATURE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** The sentinel for a string, and in practice for any value, that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const UNKNOWN_SENTINELS: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // bool
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

export function isUnknown(value: Wire | undefined): boolean {
  return typeof value === "string" && UNKNOWN_SENTINELS.has(value);
}

export function isWireMap(value: Wire | undefined): value is WireMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The signature of a special value; undefined for plain data. */
export function signatureOf(value: Wire | undefined): string | undefined {
  if (!isWireMap(value)) {
    return undefined;
  }
  const signature = value[SIGNATURE_KEY];
  return typeof signature === "string" ? signature : undefined;
}

export function secret(value: Wire): Wire {
  return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value };
}
