import { isWireMap, type Wire, type WireMap } from "@bastionless/offline/protocol/wire.ts";
import type { ExamplePreview, PreviewedResource } from "./example-previews.ts";
import { type Price, priceOf } from "./prices.ts";

/** A component as an example has it, with all that it creates. */
export interface Instance {
  readonly example: string;
  readonly stack: string;
  /** How much the example creates as a whole. */
  readonly exampleSize: number;
  readonly component: PreviewedResource;
  /** What AWS has of it, by name: the order of creation may differ. Components within it are left out. */
  readonly resources: readonly PreviewedResource[];
  /** Components within it. */
  readonly components: readonly PreviewedResource[];
}

/** Every instance of a component in the examples, those of the smallest example that keeps all policies first. */
export function instancesOf(token: string, previews: readonly ExamplePreview[]): readonly Instance[] {
  return previews
    .flatMap(({ name, stack, resources }) =>
      resources
        .filter(({ type }) => type === token)
        .map((component): Instance => {
          const below = descendants(component, resources);
          return {
            example: name,
            stack,
            exampleSize: resources.filter(isCreated).length,
            component,
            resources: below.filter(isCreated).toSorted(byName),
            components: below.filter(({ custom }) => !custom),
          };
        }),
    )
    .toSorted(
      (a, b) =>
        Number(a.example.startsWith("bad-")) - Number(b.example.startsWith("bad-")) ||
        a.exampleSize - b.exampleSize ||
        a.resources.length - b.resources.length ||
        (`${a.example} ${a.component.urn}` < `${b.example} ${b.component.urn}` ? -1 : 1),
    );
}

/** Whether AWS has it because of the program: no component, no provider, nothing that was only read. */
export function isCreated({ custom, external, type }: PreviewedResource): boolean {
  return custom && !external && !type.startsWith("pulumi:");
}

const NAMES = new Intl.Collator("en", { numeric: true });

function byName(a: PreviewedResource, b: PreviewedResource): number {
  return NAMES.compare(a.name, b.name) || NAMES.compare(a.type, b.type) || NAMES.compare(a.urn, b.urn);
}

function descendants(
  component: PreviewedResource,
  resources: readonly PreviewedResource[],
): readonly PreviewedResource[] {
  const within = new Set([component.urn]);
  // A parent is registered before its children.
  return resources.filter(({ urn, parent }) => {
    const below = within.has(parent);
    if (below) {
      within.add(urn);
    }
    return below;
  });
}

export interface CostDriver {
  readonly price: Price;
  readonly count: number;
}

export interface Costs {
  readonly drivers: readonly CostDriver[];
  /** What stands has a price of this much a month; what depends on size or use comes on top. */
  readonly monthly: number;
  /** Types of which nobody has said what they cost. */
  readonly unpriced: readonly string[];
}

/** What of the resources costs something, the dearest first. */
export function costsOf(resources: readonly PreviewedResource[]): Costs {
  const counts = new Map<Price, number>();
  const unpriced = new Set<string>();
  for (const { type, inputs } of resources) {
    const price = priceOf(type);
    if (price === undefined) {
      unpriced.add(type);
    } else if (price !== "free") {
      counts.set(price, (counts.get(price) ?? 0) + (price.count?.(inputs) ?? 1));
    }
  }
  const drivers = [...counts]
    .map(([price, count]) => ({ price, count }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => monthlyOf(b) - monthlyOf(a) || (a.price.what < b.price.what ? -1 : 1));
  return {
    drivers,
    monthly: drivers.reduce((sum, driver) => sum + monthlyOf(driver), 0),
    unpriced: [...unpriced].toSorted(),
  };
}

export function monthlyOf({ price, count }: CostDriver): number {
  return (price.monthly ?? 0) * count;
}

/** A policy document that a resource has among its inputs. */
export interface GrantingDocument {
  readonly resource: PreviewedResource;
  /** The path of the input, such as `assumeRolePolicy`. */
  readonly property: string;
  readonly statements: readonly WireMap[];
}

/** The IAM policy documents among the inputs of resources. */
export function documentsOf(resources: readonly PreviewedResource[]): readonly GrantingDocument[] {
  return resources.flatMap((resource) =>
    textsIn(resource.inputs, "").flatMap(([property, text]): readonly GrantingDocument[] => {
      const statements = statementsIn(text);
      return statements.length === 0 ? [] : [{ resource, property, statements }];
    }),
  );
}

/** AWS's own managed policies that resources attach. */
export function managedPoliciesOf(resources: readonly PreviewedResource[]): readonly string[] {
  const arns = resources.flatMap(({ inputs }) => textsIn(inputs, "").map(([, text]) => text));
  return [...new Set(arns.filter((text) => /^arn:aws[a-z-]*:iam::aws:policy\/\S+$/.test(text)))].toSorted();
}

function textsIn(value: Wire | undefined, path: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") {
    return [[path, value]];
  }
  if (Array.isArray(value)) {
    return value.flatMap((element: Wire, index) => textsIn(element, `${path}[${index}]`));
  }
  return isWireMap(value)
    ? Object.entries(value).flatMap(([key, element]) =>
        // Defaults that the provider adds are marked by such keys.
        key.startsWith("__") ? [] : textsIn(element, path === "" ? key : `${path}.${key}`),
      )
    : [];
}

function statementsIn(text: string): readonly WireMap[] {
  if (!text.startsWith("{") || !text.includes('"Statement"')) {
    return [];
  }
  let document: Wire;
  try {
    document = JSON.parse(text);
  } catch {
    return []; // Only looks like JSON.
  }
  const statements = isWireMap(document) ? document["Statement"] : undefined;
  return [statements].flat().filter((each) => isWireMap(each));
}
