/** Stands where a value is not known yet: what a resource that does not exist yet will answer. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** Plain data, three-valued: what is there, what is not there, and what nobody can know yet. */
export type Data = null | boolean | number | string | readonly Data[] | DataMap | typeof UNKNOWN;

export interface DataMap {
  readonly [key: string]: Data;
}

/**
 * The strings by which Pulumi's protocol says "not known yet", one for each type.
 *
 * Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go.
 */
const SENTINELS: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string, and in practice everything
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);
const SENTINEL_LENGTH = 36;

/** What `pulumi policy analyze --file` puts in the place of a secret, of any type, that it cannot decrypt. */
const REDACTED = "[secret]";

/** Property values nest a few levels; what nests deeper than this is not read, and counts as unknown. */
const MAX_DEPTH = 64;

export function isDataMap(data: Data | undefined): data is DataMap {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** Whether a text holds a sentinel: the text was put together from a value that is not known. */
export function mentionsUnknown(text: string): boolean {
  for (const sentinel of SENTINELS) {
    if (text.includes(sentinel)) {
      return true;
    }
  }
  return false;
}

/**
 * Reads properties as @pulumi/policy hands them over, without ever throwing.
 *
 * Its proxies throw `UnknownValueError` on touching an unknown, which ends the whole callback: one unknown would hide
 * everything that is known beside it. So the plain object behind the proxy is read where the proxy gives it, and else
 * the proxy itself, each property on its own.
 */
export function readProps(props: unknown): DataMap {
  const data = toData(behindProxy(props), 0);
  return isDataMap(data) ? data : {};
}

/** The key under which the proxies of @pulumi/policy 1.x (proxy.js) give what they wrap. */
const PROXY_TARGET = "__getSpecialProxyTarget";

function behindProxy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const target: unknown = Reflect.get(value, PROXY_TARGET);
  return target === undefined ? value : target;
}

function isSentinel(value: string): boolean {
  return value === REDACTED || (value.length === SENTINEL_LENGTH && SENTINELS.has(value));
}

function toData(value: unknown, depth: number): Data {
  switch (typeof value) {
    case "string":
      return isSentinel(value) ? UNKNOWN : value;
    case "number":
    case "boolean":
      return value;
    case "undefined":
      return null;
    case "object":
      return value === null ? null : objectToData(value, depth);
    case "bigint":
    case "function":
    case "symbol":
      return UNKNOWN;
  }
}

function objectToData(value: object, depth: number): Data {
  if (depth > MAX_DEPTH) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, index) => member(value, String(index), depth));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    // An asset or an archive: its content is not in the properties.
    return UNKNOWN;
  }
  const entries = Object.keys(value).map((key) => [key, member(value, key, depth)] as const);
  // Object.fromEntries defines its properties: a key such as "__proto__" stays an ordinary one.
  return Object.fromEntries(entries);
}

function member(owner: object, key: string, depth: number): Data {
  let value: unknown;
  try {
    value = Reflect.get(owner, key);
  } catch {
    return UNKNOWN; // What the proxy of @pulumi/policy does for a value that is not known.
  }
  return toData(value, depth + 1);
}
