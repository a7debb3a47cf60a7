import assert from "node:assert/strict";
import type { Example } from "@bastionless/policies/rules/examples/example.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import fc from "fast-check";
import { type Path, placesIn, valueAt, withProperty } from "./support/mutations.ts";
import { runRules, type Told } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };

/** Inputs that are tried at random, of those that the whole project tries. */
const RANDOM_RUNS = 20_000;

interface Site {
  readonly rule: Rule;
  readonly example: Example;
  readonly resource: number;
  readonly path: Path;
}

function told(rule: Rule, example: Example, resources = example.resources): readonly Told[] {
  return runRules([rule], toStack(resources), { [rule.id]: example.config ?? {} });
}

const violating = RULES.flatMap((rule) =>
  (EXAMPLES.get(rule.id) ?? [])
    .filter(({ expect }) => Object.values(expect).includes("violation"))
    .map((example) => ({ rule, example })),
);

/** Every value in every example that breaks a rule, but those that a reference is computed from. */
const sites: readonly Site[] = violating.flatMap(({ rule, example }) =>
  example.resources.flatMap((each, resource) =>
    placesIn(each.props)
      .filter(([property]) => each.from === undefined || !Object.hasOwn(each.from, String(property)))
      .map((path) => ({ rule, example, resource, path })),
  ),
);

const documents = sites.filter(({ example, resource, path }) => {
  const value = valueAt(example.resources[resource]?.props, path);
  return typeof value === "string" && value.startsWith("{");
});

function placeOf({ example, resource, path }: Site): string {
  return `${example.resources[resource]?.name}.${path.join(".")}`;
}

function describeSite(site: Site): string {
  return `\`${site.example.title}\`, ${placeOf(site)}`;
}

function silentAt(site: Site, replacement: unknown): boolean {
  const { rule, example, resource, path } = site;
  return told(rule, example, withProperty(example.resources, resource, path, replacement)).length === 0;
}

describe("an input that breaks a rule", () => {
  for (const rule of RULES) {
    it(`${rule.id}: is never proved when any of its values is not known: it may be that value`, function () {
      this.timeout(120_000);
      const silent = sites.filter((site) => site.rule === rule && silentAt(site, UNKNOWN));
      assert.deepEqual(silent.map(describeSite), []);
    });

    it(`${rule.id}: is never proved when one of its documents is not understood`, function () {
      this.timeout(120_000);
      const silent = documents
        .filter((site) => site.rule === rule)
        .flatMap((site) => {
          const text = String(valueAt(site.example.resources[site.resource]?.props, site.path));
          return Object.entries(spoilt(text))
            .filter(([, replacement]) => silentAt(site, replacement))
            .map(([what]) => `${describeSite(site)}: ${what}`);
        });
      assert.deepEqual(silent, []);
    });
  }
});

/** Texts and values that nobody takes for the document, though a careless reader might. */
function spoilt(text: string): { readonly [what: string]: unknown } {
  return {
    "cut off": text.slice(0, -1),
    "cut in half": text.slice(0, text.length / 2),
    "100 kB before it": `${"x".repeat(100_000)}${text}`,
    "another document behind it": `${text}{}`,
    "a key twice": text.replace("{", '{"Version":"2012-10-17","Version":"2012-10-17",'),
    "a number": 7,
    "a truth": true,
    "a list": [text],
    "JSON in JSON": JSON.stringify(text),
  };
}

describe("mutated inputs", () => {
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      UNKNOWN,
      null,
      "",
      "*",
      "٢٢",
      "２２",
      " 22",
      "22\u0000",
      "0x16",
      "2.2e1",
      "-0",
      Number.NaN,
      Number.MAX_SAFE_INTEGER,
      [],
      {},
      [[[[]]]],
      "\ud800",
      "\u202e",
      "__proto__",
      "{".repeat(5000),
      "[".repeat(5000),
      "*?".repeat(500),
      "x".repeat(100_000),
      "a: &a [*a, *a]",
      "arn:aws:iam::aws:policy/",
      "${aws:username}",
      "{{ ssm:parameter }}",
    ),
    fc.jsonValue({ maxDepth: 3 }),
    fc.string(),
    fc.integer(),
  );
  const mutation = fc.record({
    site: fc.nat(),
    others: fc.array(fc.tuple(fc.nat(), junk), { maxLength: 2 }),
    junk,
    edit: fc.option(fc.tuple(fc.nat(), fc.nat({ max: 40 }), fc.string({ maxLength: 8 })), { freq: 2 }),
  });

  it(`never break a rule, nor take long: ${RANDOM_RUNS.toLocaleString("en")} inputs`, function () {
    this.timeout(600_000);
    fc.assert(
      fc.property(mutation, ({ site: number, others, junk: value, edit }) => {
        const site = sites[number % sites.length];
        assert.ok(site !== undefined);
        const { rule, example, resource, path } = site;
        const old = valueAt(example.resources[resource]?.props, path);
        const replacement = edit !== null && typeof old === "string" ? spliced(old, edit) : value;
        let resources = withProperty(example.resources, resource, path, replacement);
        for (const [position, more] of others) {
          const index = position % resources.length;
          const places = placesIn(resources[index]?.props);
          const place = places[position % Math.max(1, places.length)];
          resources = place === undefined ? resources : withProperty(resources, index, place, more);
        }
        const findings = told(rule, example, resources);
        assert.deepEqual(
          findings.filter(({ message }) => message.includes("a fault in the policy")),
          [],
        );
      }),
      { numRuns: RANDOM_RUNS },
    );
  });
});

function spliced(text: string, [position, length, insert]: readonly [number, number, string]): string {
  const start = position % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + length);
}
