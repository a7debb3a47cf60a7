import type { Wire, WireMap } from "../protocol/wire.ts";
import type { Registration } from "./registration.ts";
import { outputDependencies, upgradeToOutputs, withDependencies } from "./values.ts";

/** Which resources a registration depends on, as a whole and by property. */
export interface Dependencies {
  readonly all: ReadonlySet<string>;
  readonly byProperty: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What the program said: where it told nothing by property, each property depends on everything. */
export function statedDependencies(registration: Registration): Dependencies {
  const all = new Set(registration.options.dependsOn);
  const stated = registration.propertyDependencies;
  const entries = stated === undefined ? [] : Object.entries(stated);
  if (entries.length === 0 && !registration.remote) {
    return { all, byProperty: new Map(Object.keys(registration.inputs).map((key) => [key, all])) };
  }
  return { all, byProperty: new Map(entries.map(([key, urns]) => [key, new Set(urns)])) };
}

/** Adds what the output values among the inputs depend on. Every property of `inputs` gets an entry. */
export function withOutputValues(stated: Dependencies, inputs: WireMap): Dependencies {
  const byProperty = new Map(stated.byProperty);
  for (const [key, value] of Object.entries(inputs)) {
    const present = byProperty.get(key);
    const found = outputDependencies(value);
    if (present === undefined || found.size > 0) {
      byProperty.set(key, new Set([...(present ?? []), ...found]));
    }
  }
  return { all: stated.all, byProperty };
}

/** After transforms, output values alone say what each property depends on. */
export function dependenciesOfTransformed(dependsOn: readonly string[], inputs: WireMap): Dependencies {
  const all = new Set(dependsOn);
  const byProperty = new Map<string, ReadonlySet<string>>();
  for (const [key, value] of Object.entries(inputs)) {
    const found = outputDependencies(value);
    byProperty.set(key, found);
    for (const urn of found) {
      all.add(urn);
    }
  }
  return { all, byProperty };
}

/** Inputs as transforms receive them: output values that carry all dependencies. */
export function inputsForTransforms(inputs: WireMap, stated: Dependencies): WireMap {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]): [string, Wire] => {
      const dependencies = stated.byProperty.get(key);
      const upgraded = upgradeToOutputs(value);
      return [key, dependencies === undefined ? upgraded : withDependencies(upgraded, dependencies)];
    }),
  );
}

export function sorted(urns: ReadonlySet<string>): readonly string[] {
  return [...urns].toSorted();
}

export function sortedByProperty(byProperty: ReadonlyMap<string, ReadonlySet<string>>): {
  readonly [property: string]: readonly string[];
} {
  return Object.fromEntries([...byProperty].map(([key, urns]) => [key, sorted(urns)]));
}
