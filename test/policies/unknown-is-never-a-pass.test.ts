import assert from "node:assert/strict";
import type { Example, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };

/** Where a value stands within the properties of a resource. */
type Path = readonly (number | string)[];

/** Every place in a value, the value itself and its parts: each may be what is not known yet. */
function places(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) {
    return [path, ...value.flatMap((member, index) => places(member, [...path, index]))];
  }
  if (typeof value === "object" && value !== null && !("unknown" in value)) {
    return [path, ...Object.entries(value).flatMap(([key, member]) => places(member, [...path, key]))];
  }
  return value === undefined || value === null || isUnknown(value) ? [] : [path];
}

function isUnknown(value: unknown): boolean {
  return typeof value === "object" && value !== null && "unknown" in value;
}

function hide(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => (index === key ? hide(member, rest) : member));
  }
  assert.ok(typeof value === "object" && value !== null);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === key ? hide(member, rest) : member]),
  );
}

/** The same program while one of its values is not known yet: nor is it among the outputs. */
function withHidden(example: Example, resource: ExampleResource, path: Path): readonly ExampleResource[] {
  return example.resources.map((each) =>
    each === resource
      ? {
          ...each,
          props: Object.fromEntries(
            Object.entries(each.props).map(([key, value]) => [
              key,
              path[0] === key ? hide(value, path.slice(1)) : value,
            ]),
          ),
        }
      : each,
  );
}

/** What is told, by the name of the resource it is told of. */
function told(
  rule: Rule,
  { config = {} }: Example,
  resources: readonly ExampleResource[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { on, kind } of runRules([rule], toStack(resources), { [rule.id]: config })) {
    kinds.set(on, (kinds.get(on) ?? new Set()).add(kind));
  }
  return kinds;
}

/**
 * Violations of which nothing is left once a value is hidden: not told of their resource any more, and nothing else is
 * told instead, of another resource, that was not told before.
 */
function swallowed(
  before: ReadonlyMap<string, ReadonlySet<string>>,
  after: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const isNewlyTold = [...after].some(([on, kinds]) =>
    [...kinds].some((kind) => before.get(on)?.has(kind) !== true),
  );
  return [...before].flatMap(([on, kinds]) =>
    kinds.has("violation") && !after.has(on) && !isNewlyTold ? [on] : [],
  );
}

/**
 * Topics whose rules claim nothing of an unknown value. Rules about access go further: who is not known is not taken for
 * somebody whom configuration exempts.
 */
const EXACT: ReadonlySet<string> = new Set(["machines", "network"]);

describe("a value that is not known yet", () => {
  for (const rule of RULES) {
    it(`never makes a pass of a violation of ${rule.id}`, function () {
      this.timeout(120_000);
      let hidden = 0;
      const passed: string[] = [];
      for (const example of EXAMPLES.get(rule.id) ?? []) {
        const before = told(rule, example, example.resources);
        if (![...before.values()].some((kinds) => kinds.has("violation"))) {
          continue;
        }
        for (const resource of example.resources) {
          for (const path of places(resource.props).filter(({ length }) => length > 0)) {
            hidden++;
            if (swallowed(before, told(rule, example, withHidden(example, resource, path))).length > 0) {
              passed.push(`${resource.name}.${path.join(".")}`);
            }
          }
        }
      }
      assert.ok(hidden > 0, "no example breaks the rule");
      assert.deepEqual([...new Set(passed)].toSorted(), []);
    });
  }

  for (const rule of RULES.filter(({ tags }) => tags.some((tag) => EXACT.has(tag)))) {
    it(`never makes a violation of what keeps ${rule.id}`, function () {
      this.timeout(120_000);
      let hidden = 0;
      const accused: string[] = [];
      for (const example of EXAMPLES.get(rule.id) ?? []) {
        const before = told(rule, example, example.resources);
        for (const resource of example.resources) {
          for (const path of places(resource.props).filter(({ length }) => length > 0)) {
            hidden++;
            for (const [on, kinds] of told(rule, example, withHidden(example, resource, path))) {
              if (kinds.has("violation") && before.get(on)?.has("violation") !== true) {
                accused.push(`${example.title}: \`${resource.name}.${path.join(".")}\` accuses \`${on}\``);
              }
            }
          }
        }
      }
      assert.ok(hidden > 0, "the rule has no examples");
      assert.deepEqual(accused, []);
    });
  }
});
