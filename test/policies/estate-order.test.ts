import assert from "node:assert/strict";
import type { Example, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import fc from "fast-check";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

interface Case {
  readonly rule: Rule;
  readonly example: Example;
}

const CASES: readonly Case[] = RULES.flatMap((rule) =>
  (EXAMPLES.get(rule.id) ?? []).map((example) => ({ rule, example })),
);

/** What a rule says: of which resource, what kind. Not in which order, nor in which words. */
function verdicts(
  { rule, example }: Case,
  resources: readonly ExampleResource[],
  stack: string,
  nameOf: (name: string) => string = (name) => name,
): readonly string[] {
  const told = runRules([rule], toStack(resources, stack), { [rule.id]: example.config ?? {} });
  return [...new Set(told.map(({ on, kind }) => `${nameOf(on)} ${kind}`))].toSorted();
}

const someCase = fc.constantFrom(...CASES);
const shuffled = someCase.chain((each) =>
  fc
    .shuffledSubarray([...each.example.resources], { minLength: each.example.resources.length })
    .map((resources) => ({ each, resources })),
);

/** Names say nothing to any rule but what configuration and promises of time say of them. */
const renamable = CASES.filter(
  ({ rule, example }) => rule.id !== "time-boxed-access-is-a-window" && example.config === undefined,
);

describe("what the rules say of a stack", () => {
  it("does not depend on the order in which the engine tells of its resources", () => {
    fc.assert(
      fc.property(shuffled, ({ each, resources }) => {
        assert.deepEqual(
          verdicts(each, resources, "test"),
          verdicts(each, each.example.resources, "test"),
          `${each.rule.id}: ${each.example.title}`,
        );
      }),
      { numRuns: 400 },
    );
  });

  it("does not depend on the names of stack and resources, nor on the order of URNs that comes of them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...renamable),
        fc.stringMatching(/^[a-z]{1,6}$/),
        fc.infiniteStream(fc.stringMatching(/^[a-z]{1,3}$/)),
        (each, stack, prefixes) => {
          const { resources } = each.example;
          const newNames = new Map<string, string>();
          for (const { name } of resources) {
            if (!newNames.has(name)) {
              newNames.set(name, `${prefixes.next().value}-${newNames.size}`);
            }
          }
          const renamed = (name: string): string => newNames.get(name) ?? name;
          const oldNames = new Map([...newNames].map(([from, to]) => [to, from]));
          const again = resources.map((resource) => ({
            ...resource,
            name: renamed(resource.name),
            ...(resource.from === undefined
              ? {}
              : {
                  from: Object.fromEntries(
                    Object.entries(resource.from).map(([property, names]) => [property, names.map(renamed)]),
                  ),
                }),
            ...(resource.dependsOn === undefined ? {} : { dependsOn: resource.dependsOn.map(renamed) }),
          }));
          assert.deepEqual(
            verdicts(each, again, stack, (name) => oldNames.get(name) ?? name),
            verdicts(each, resources, "test"),
            `${each.rule.id}: ${each.example.title}`,
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it("does not change with resources that are none of its business", () => {
    const others: readonly ExampleResource[] = [
      { type: "random:index/randomId:RandomId", name: "unrelated", props: { byteLength: 4 } },
      { type: "aws:sns/topic:Topic", name: "unrelated-topic", props: { name: "unrelated" } },
      { type: "acme:index:Component", name: "unrelated-component", props: {} },
    ];
    fc.assert(
      fc.property(someCase, fc.nat(5), (each, place) => {
        const { resources } = each.example;
        const mixed = [...resources.slice(0, place), ...others, ...resources.slice(place)];
        assert.deepEqual(
          verdicts(each, mixed, "test"),
          verdicts(each, resources, "test"),
          each.example.title,
        );
      }),
      { numRuns: 300 },
    );
  });
});
