import assert from "node:assert/strict";
import { type AgentFeature, minimumAgentVersion } from "@bastionless/components";
import fc from "fast-check";
import { AGENT_FEATURES, compareAgentVersions } from "../../../components/upkeep/agent-version.ts";

const FEATURES: readonly AgentFeature[] = [
  "cloudwatch-streaming",
  "default-host-management",
  "kms-encryption",
  "no-ec2messages",
  "port-forwarding",
  "remote-host-forwarding",
  "session-manager",
  "shell-profile",
  "ssh",
];
const features = fc.array(fc.constantFrom(...FEATURES));
const part = fc.integer({ min: 0, max: 99_999 });
const parts = fc.tuple(part, part, part, part);

describe("the least version of the agent", () => {
  const cases: readonly [features: AgentFeature[], version: string][] = [
    [[], "2.3.68.0"],
    [["session-manager"], "2.3.68.0"],
    [["kms-encryption"], "2.3.539.0"],
    [["shell-profile"], "3.0.161.0"],
    [["port-forwarding"], "3.0.222.0"],
    [["ssh", "kms-encryption"], "3.0.222.0"],
    [["cloudwatch-streaming", "ssh"], "3.0.284.0"],
    [["remote-host-forwarding", "cloudwatch-streaming"], "3.1.1374.0"],
    [["default-host-management", "remote-host-forwarding"], "3.2.582.0"],
    [["no-ec2messages", "default-host-management"], "3.3.40.0"],
  ];
  for (const [given, version] of cases) {
    it(`with ${given.join(" and ") || "sessions alone"} is ${version}`, () => {
      assert.equal(minimumAgentVersion(given), version);
    });
  }

  it("refuses what is no feature", () => {
    const bad: unknown = ["toString"];
    assert.throws(() => Reflect.apply(minimumAgentVersion, undefined, [bad]), RangeError);
  });

  it("is not earlier with more features, and the same in any order", () => {
    fc.assert(
      fc.property(features, features, (some, more) => {
        const all = minimumAgentVersion([...some, ...more]);
        assert.ok(compareAgentVersions(all, minimumAgentVersion(some)) >= 0);
        assert.equal(all, minimumAgentVersion([...more, ...some, ...more]));
      }),
    );
  });

  it("is enough for each of the features, and is one of theirs", () => {
    fc.assert(
      fc.property(
        features.filter((list) => list.length > 0),
        (list) => {
          const least = minimumAgentVersion(list);
          assert.ok(list.every((one) => compareAgentVersions(least, AGENT_FEATURES[one]) >= 0));
          assert.ok(list.some((one) => AGENT_FEATURES[one] === least));
        },
      ),
    );
  });
});

describe("versions of the agent", () => {
  it("are compared as numbers, part by part", () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        // A naive oracle: parts as digits of one number.
        const value = (list: readonly number[]): bigint =>
          list.reduce((sum, each) => sum * 1_000_000n + BigInt(each), 0n);
        const expected = value(one) === value(other) ? 0 : value(one) > value(other) ? 1 : -1;
        assert.equal(Math.sign(compareAgentVersions(one.join("."), other.join("."))), expected);
      }),
    );
    assert.ok(compareAgentVersions("3.3.40.0", "3.3.4.0") > 0);
    assert.ok(compareAgentVersions("3.10.0.0", "3.9.0.0") > 0);
  });

  for (const bad of ["", "3", "3.3.40", "3.3.40.0.1", "3.3.040.0", "3.3.x.0", "v3.3.40.0", " 3.3.40.0"]) {
    it(`refuse \`${bad}\``, () => {
      assert.throws(() => compareAgentVersions(bad, "3.3.40.0"), RangeError);
      assert.throws(() => compareAgentVersions("3.3.40.0", bad), RangeError);
    });
  }
});
