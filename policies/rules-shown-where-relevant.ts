import { createRequire } from "node:module";

/** The prototype of the message that holds one resource. */
interface ResourceRequest {
  readonly getType: (this: unknown) => string;
}

const SDK = "@pulumi/policy";
/** The module of the messages that @pulumi/policy's server reads. */
const MODULE = "@pulumi/pulumi/proto/analyzer_pb";

/**
 * Lets @pulumi/policy call for a resource only those policies that can have something to say about its type.
 *
 * Its server prepares every call of every policy: options, provider, configuration, a promise. Most resources of a stack
 * are of types that no rule reads, and twenty policies that each say nothing cost more there than what the protocol
 * takes. The server asks a request for its type, and at once goes through the list of policies: that walk alone is
 * shortened. Whoever else goes through the list, or at another time, sees all of it; so too where a later version of
 * @pulumi/policy works in another way.
 *
 * @param policies the list that the pack is made of; changed in place
 * @param isCalled whether a policy is called for resources of a type
 * @param load loads a module of Pulumi's; for tests.
 * @returns whether it took effect.
 */
export function showWhereRelevant<Policy>(
  policies: Policy[],
  isCalled: (policy: Policy, type: string) => boolean,
  load: (id: string) => unknown = loadFromSdk,
): boolean {
  const prototype = loaded(load);
  if (prototype === undefined) {
    return false;
  }
  const { getType } = prototype;
  let asked: string | undefined;
  const forget = (): void => {
    asked = undefined;
  };
  const takesEffect = Reflect.set(prototype, "getType", function askedType(this: unknown): string {
    asked = getType.call(this);
    queueMicrotask(forget);
    return asked;
  });
  const shown = new Map<string, readonly Policy[]>();
  Object.defineProperty(policies, Symbol.iterator, {
    configurable: true,
    value: (): IterableIterator<Policy> => {
      const type = asked;
      forget();
      if (type === undefined) {
        return policies.values();
      }
      let called = shown.get(type);
      if (called === undefined) {
        called = policies.filter((policy) => isCalled(policy, type));
        shown.set(type, called);
      }
      return called.values();
    },
  });
  return takesEffect;
}

/** As the SDK finds it, which need not be where this package does. */
function loadFromSdk(id: string): unknown {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve(SDK))(id);
}

function loaded(load: (id: string) => unknown): ResourceRequest | undefined {
  let module: unknown;
  try {
    module = load(MODULE);
  } catch {
    return undefined; // Another version, without that module: everything works, only slower.
  }
  const prototype = member(member(module, "AnalyzeRequest"), "prototype");
  return isRequest(prototype) ? prototype : undefined;
}

function member(owner: unknown, key: string): unknown {
  return (typeof owner === "object" && owner !== null) || typeof owner === "function"
    ? (Reflect.get(owner, key) as unknown)
    : undefined;
}

function isRequest(prototype: unknown): prototype is ResourceRequest {
  return typeof member(prototype, "getType") === "function";
}
