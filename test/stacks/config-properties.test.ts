import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { parseConfig } from "../../stacks/config/config.ts";
import { type KeyName, KEYS } from "../../stacks/config/keys.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const NAMES = Object.keys(KEYS);

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Values that are likely to get past the types, and some that are not. */
const value = fc.oneof(
  fc.integer({ min: -2, max: 70_000 }),
  fc.boolean(),
  fc.string(),
  fc.constantFrom(
    "nat",
    "endpoints",
    "federated",
    "COMPLIANCE",
    "10.0.0.0/8",
    "arn:aws:iam::111122223333:root",
    "",
  ),
  fc.array(fc.oneof(fc.string(), fc.integer({ min: 0, max: 70_000 })), { maxLength: 4 }),
  fc.dictionary(
    fc.string(),
    fc.dictionary(
      fc.constantFrom(
        "host",
        "hostPattern",
        "port",
        "ports",
        "os",
        "zone",
        "instanceType",
        "egress",
        "amiId",
        "x",
      ),
      fc.oneof(
        fc.string(),
        fc.integer(),
        fc.array(fc.integer()),
        fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.string())),
      ),
    ),
    { maxKeys: 3 },
  ),
  fc.jsonValue(),
);

const values = fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string({ minLength: 1 })), value, {
  maxKeys: 8,
  noNullPrototype: true,
});

function parse(given: Readonly<Record<string, unknown>>): void {
  const raw = Object.fromEntries(Object.entries(given).map(([name, one]) => [`shop:${name}`, asText(one)]));
  parseConfig({ values: raw, secretKeys: [] }, DEPLOYMENT);
}

describe("the reading of any configuration", () => {
  it("ends well or with mistakes, each under a key that was given or that must be", () => {
    fc.assert(
      fc.property(values, (given) => {
        try {
          parse(given);
        } catch (error) {
          assert.ok(pulumi.RunError.isInstance(error), String(error));
          const [head = "", ...mistakes] = error.message.split("\n  - ");
          assert.match(head, /^the configuration of stack `dev` has \d+ mistakes?$/);
          assert.ok(mistakes.length > 0);
          for (const mistake of mistakes) {
            const named = [...NAMES, ...Object.keys(given)].some((name) =>
              mistake.startsWith(`shop:${name}`),
            );
            assert.ok(named, mistake);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on whether the engine filled in the default of a key", () => {
    fc.assert(
      fc.property(values, fc.subarray(NAMES), (given, filled) => {
        const defaults = Object.fromEntries(
          filled
            .filter((name): name is KeyName => Object.hasOwn(KEYS, name))
            .map((name) => [name, KEYS[name].default]),
        );
        const outcome = (all: Readonly<Record<string, unknown>>): string => {
          try {
            parse(all);
            return "fine";
          } catch (error) {
            return String(error);
          }
        };
        assert.equal(outcome({ ...defaults, ...given }), outcome(given));
      }),
      { numRuns: 200 },
    );
  });
});
