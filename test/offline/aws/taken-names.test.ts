import assert from "node:assert/strict";

import { UNKNOWN, secret } from "../../../offline/protocol/wire.ts";
import type { WireMap } from "../../../offline/protocol/wire.ts";
import { LEAST } from "./support/samples.ts";
import { check, configured } from "./support/simulation.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";
const SCHEDULE = "aws:autoscaling/schedule:Schedule";

/** What each of several resources, by its logical name, is refused for. */
function refusedFor(
  type: string,
  resources: readonly (readonly [string, WireMap])[],
): readonly (readonly string[])[] {
  const provider = configured();
  return resources.map(([name, inputs]) =>
    check(type, { ...LEAST[type], ...inputs }, name, provider).failures.map(({ property }) => property),
  );
}

describe("a name that AWS gives once", () => {
  for (const [type, property, inputs] of [
    [TEMPLATE, "name", { name: "app" }],
    [GROUP, "name", { name: "app" }],
    [SCHEDULE, "scheduledActionName", { scheduledActionName: "night" }],
  ] as const) {
    it(`is refused to the second ${type}`, () => {
      assert.deepEqual(
        refusedFor(type, [
          ["one", inputs],
          ["two", inputs],
        ]),
        [[], [property]],
      );
    });
  }

  it("stays with its resource, however often that is checked", () => {
    const one = ["one", { name: "app" }] as const;
    assert.deepEqual(refusedFor(TEMPLATE, [one, one, one]), [[], [], []]);
  });

  it("is another one in another region, in another group, for another type and from another provider", () => {
    assert.deepEqual(
      refusedFor(TEMPLATE, [
        ["one", { name: "app" }],
        ["two", { name: "app", region: "eu-west-1" }],
      ]),
      [[], []],
    );
    assert.deepEqual(
      refusedFor(SCHEDULE, [
        ["one", { autoscalingGroupName: "a" }],
        ["two", { autoscalingGroupName: "b" }],
      ]),
      [[], []],
    );
    const provider = configured();
    for (const type of [TEMPLATE, GROUP]) {
      assert.deepEqual(check(type, { ...LEAST[type], name: "app" }, type, provider).failures, []);
    }
    assert.deepEqual(check(TEMPLATE, { name: "app" }, "other", configured()).failures, []);
  });

  it("is not compared before it is known, and not shown where it is secret", () => {
    assert.deepEqual(
      refusedFor(TEMPLATE, [
        ["one", { name: UNKNOWN }],
        ["two", { name: UNKNOWN }],
      ]),
      [[], []],
    );
    const provider = configured();
    check(TEMPLATE, { name: secret("hidden") }, "one", provider);
    const [failure] = check(TEMPLATE, { name: secret("hidden") }, "two", provider).failures;
    assert.ok(failure !== undefined && !failure.reason.includes("hidden"));
  });

  it("is not asked for where the provider makes one up", () => {
    assert.deepEqual(
      refusedFor(TEMPLATE, [
        ["one", {}],
        ["two", {}],
      ]),
      [[], []],
    );
  });
});
