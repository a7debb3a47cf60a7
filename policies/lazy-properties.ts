import { createRequire } from "node:module";

/** As @pulumi/policy's server calls it: properties as they travel, made into plain values. */
type Deserialize = (struct: unknown, proxySecrets: boolean) => object;

/** The module of @pulumi/policy that the server calls {@link Deserialize} of, through its exports. */
const MODULE = "@pulumi/policy/deserialize";

/**
 * Lets @pulumi/policy make a resource's properties into plain values when one of them is first read, not before.
 *
 * Its server does so once for every policy and resource, and for the stack once more for every policy and resource:
 * twenty policies pay for it twenty times, also for resources of types that none of them reads. The policies here read
 * a resource's properties once, for all of them, and of most types never.
 *
 * Nothing is shared between policies: whoever reads properties gets values of their own, made by Pulumi's own function,
 * as before; one that changes them changes nobody else's. Those for a remediation (`proxySecrets`) are made at once.
 * Where a later version of @pulumi/policy works in another way, this does nothing, and the pack is slower.
 *
 * @param load loads a module of Pulumi's; for tests.
 * @returns whether it took effect.
 */
export function readPropertiesLazily(
  load: (id: string) => unknown = createRequire(import.meta.url),
): boolean {
  const module = loaded(load);
  if (module === undefined) {
    return false;
  }
  const { deserializeProperties } = module;
  const lazily: Deserialize = (struct, proxySecrets) =>
    proxySecrets
      ? deserializeProperties(struct, true)
      : lazyObject(() => deserializeProperties(struct, false));
  return Reflect.set(module, "deserializeProperties", lazily);
}

function loaded(load: (id: string) => unknown): { readonly deserializeProperties: Deserialize } | undefined {
  let module: unknown;
  try {
    module = load(MODULE);
  } catch {
    return undefined; // Another version, without that module: everything works, only slower.
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

/** An object that is made when it is first touched. */
function lazyObject(make: () => object): object {
  let made: object | undefined;
  const target = (): object => (made ??= make());
  return new Proxy(
    {},
    {
      get: (_, key) => Reflect.get(target(), key) as unknown,
      set: (_, key, value) => Reflect.set(target(), key, value),
      has: (_, key) => Reflect.has(target(), key),
      deleteProperty: (_, key) => Reflect.deleteProperty(target(), key),
      ownKeys: () => Reflect.ownKeys(target()),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(target(), key),
      defineProperty: (_, key, descriptor) => Reflect.defineProperty(target(), key, descriptor),
      // What Pulumi's function makes is a plain object; its proxies ask for that before anybody reads.
      getPrototypeOf: () => Object.prototype,
    },
  );
}
