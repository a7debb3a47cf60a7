import { createRequire } from "node:module";

/** What is used of a resource as the engine sends it with a stack. */
interface SentResource {
  getUrn(): string;
}

/** The prototype of the message that holds them. */
interface StackRequest {
  readonly getResourcesList: (this: unknown) => SentResource[];
}

const SDK = "@pulumi/policy";
/** The module of the messages that @pulumi/policy's server reads. */
const MODULE = "@pulumi/pulumi/proto/analyzer_pb";

/**
 * Lets @pulumi/policy prepare the resources of a stack for the first stack policy that runs, and only the first resource
 * for those after it.
 *
 * Its server makes for every stack policy a list of all resources with options, provider and dependencies: twenty
 * policies over 10,000 resources hold a gigabyte of the same. The policies here share one model of the stack, which the
 * first of them joins; the others take nothing from their list but whose stack it is.
 *
 * @param isJoined whether the model of that stack, of so many resources, is there. As long as it is not, every policy is
 * shown everything: so too where a later version of @pulumi/policy works in another way.
 * @param onStack called when a stack has come, before its policies are.
 * @param load loads a module of Pulumi's; for tests.
 * @returns whether it took effect.
 */
export function showStackOnce(
  isJoined: (urn: string, resources: number) => boolean,
  onStack: () => void = () => undefined,
  load: (id: string) => unknown = loadFromSdk,
): boolean {
  const prototype = loaded(load);
  if (prototype === undefined) {
    return false;
  }
  const { getResourcesList } = prototype;
  return Reflect.set(prototype, "getResourcesList", function shownOnce(this: unknown): SentResource[] {
    onStack();
    return showOnce(getResourcesList.call(this), isJoined);
  });
}

/** As the SDK finds it, which need not be where this package does. */
function loadFromSdk(id: string): unknown {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve(SDK))(id);
}

/** The list itself: only going through it for a second time ends after the first resource. */
function showOnce(
  resources: SentResource[],
  isJoined: (urn: string, resources: number) => boolean,
): SentResource[] {
  let wasShown = false;
  return Object.defineProperty(resources, Symbol.iterator, {
    configurable: true,
    value: (): IterableIterator<SentResource> => {
      const first = resources[0];
      const isAbridged = wasShown && first !== undefined && isJoined(first.getUrn(), resources.length);
      wasShown = true;
      return (isAbridged ? [first] : resources).values();
    },
  });
}

function loaded(load: (id: string) => unknown): StackRequest | undefined {
  let module: unknown;
  try {
    module = load(MODULE);
  } catch {
    return undefined; // Another version, without that module: everything works, only slower.
  }
  const request = member(module, "AnalyzeStackRequest");
  const prototype = member(request, "prototype");
  return isRequest(prototype) ? prototype : undefined;
}

function member(owner: unknown, key: string): unknown {
  return (typeof owner === "object" && owner !== null) || typeof owner === "function"
    ? (Reflect.get(owner, key) as unknown)
    : undefined;
}

function isRequest(prototype: unknown): prototype is StackRequest {
  return typeof member(prototype, "getResourcesList") === "function";
}
