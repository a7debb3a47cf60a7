import { createRequire } from "node:module";

/** As @pulumi/policy's server calls it: properties as they travel, made into plain values. */
type Deserialize = (struct: SentProperties, proxySecrets: boolean) => object;

/** Properties as they travel. */
interface SentProperties {
  readonly toJavaScript: () => unknown;
}

/** The module of @pulumi/policy that the server calls {@link Deserialize} of, through its exports. */
const MODULE = "@pulumi/policy/deserialize";

/** Keys and values by which Pulumi's protocol marks what is no plain value. Source: sdk/go/common/resource/sig/sig.go. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Lets @pulumi/policy go on where it refuses a value: in its place stands one that is not known.
 *
 * Its server throws on an asset without content, and outside of what it catches: the pack ends, and with it every verdict
 * on the stack. Such assets are ordinary: of an empty file, as `new StringAsset("")` for an `__init__.py`, the engine
 * sends the hash alone. So it does on a signature that a later engine may bring.
 *
 * What it takes is left to it, and where a later version works in another way, this does nothing.
 *
 * @param load loads a module of Pulumi's; for tests.
 * @returns whether it took effect.
 */
export function readWhatIsReadable(load: (id: string) => unknown = createRequire(import.meta.url)): boolean {
  const module = loaded(load);
  if (module === undefined) {
    return false;
  }
  const { deserializeProperties } = module;
  const readably: Deserialize = (struct, proxySecrets) => {
    try {
      return deserializeProperties(struct, proxySecrets);
    } catch {
      // It says which value it refuses, and not where: all of them are looked for.
      const readable = readableOf(struct.toJavaScript());
      return deserializeProperties({ toJavaScript: () => readable }, proxySecrets);
    }
  };
  return Reflect.set(module, "deserializeProperties", readably);
}

/** The value with what @pulumi/policy 1.21 refuses, at any depth, made unknown. */
function readableOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(readableOf);
  }
  const map = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readableOf(member)]));
  return isReadable(map) ? map : UNKNOWN;
}

/** Whether a map, of which every member is readable, is. */
function isReadable(map: { readonly [key: string]: unknown }): boolean {
  const { [SIGNATURE]: signature, path, text, uri, assets } = map;
  if (!signature) {
    return true;
  }
  const hasPlace = Boolean(path) || Boolean(uri);
  switch (signature) {
    case ASSET:
      return hasPlace || Boolean(text);
    case ARCHIVE:
      // Among the parts of an archive none may be unknown.
      return typeof assets === "object" && assets !== null
        ? !Object.values(assets).includes(UNKNOWN)
        : hasPlace;
    case SECRET:
      return map["value"] !== undefined;
    default:
      return false;
  }
}

function loaded(load: (id: string) => unknown): { readonly deserializeProperties: Deserialize } | undefined {
  let module: unknown;
  try {
    module = load(MODULE);
  } catch {
    return undefined; // Another version, without that module: what it refuses, it refuses.
  }
  return isDeserializer(module) ? module : undefined;
}

function isDeserializer(module: unknown): module is { readonly deserializeProperties: Deserialize } {
  return (
    typeof module === "object" &&
    module !== null &&
    "deserializeProperties" in module &&
    typeof module.deserializeProperties === "function"
  );
}
