import assert from "node:assert/strict";
import { type HybridActivationArgs, planHybridActivation } from "@bastionless/components";
import fc from "fast-check";
import { expiryFault } from "../../../components/hybrid/plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const NOW = new Date("2026-11-21T12:00:00Z");
const ARN = "arn:aws-us-gov:iam::111122223333:policy/p";

const paths = (args: Partial<HybridActivationArgs>, name = "plant"): readonly string[] =>
  problemPaths(() => planHybridActivation(name, { tier: "advanced", ...args }, DEPLOYMENT, NOW));

const many = (count: number): string[] => Array.from({ length: count }, () => ARN);

const LIMITS: readonly [
  argument: string,
  valid: Partial<HybridActivationArgs>[],
  invalid: Partial<HybridActivationArgs>[],
][] = [
  [
    "registrationLimit",
    [{ registrationLimit: 1 }, { registrationLimit: 1000 }],
    [{ registrationLimit: 0 }, { registrationLimit: 1001 }, { registrationLimit: 1.5 }],
  ],
  [
    "expiresOn",
    [
      { expiresOn: "2026-12-21T12:00:00Z" },
      { expiresOn: "2026-11-21T12:00:01Z" },
      // Made before that, when it had not passed.
      { expiresOn: "2025-01-01T00:00:00Z" },
    ],
    [
      { expiresOn: "2026-12-21T12:00:01Z" },
      { expiresOn: "2027-01-01T00:00:00Z" },
      { expiresOn: "2026-12-01" },
      { expiresOn: "2026-12-01T00:00:00+01:00" },
      { expiresOn: "2026-11-31T00:00:00Z" },
      { expiresOn: "tomorrow" },
      { expiresOn: "" },
    ],
  ],
  [
    "machineName",
    [{ machineName: "m" }, { machineName: "m".repeat(256) }],
    [{ machineName: "" }, { machineName: "m".repeat(257) }],
  ],
  ["policyArns", [{ policyArns: many(9) }], [{ policyArns: many(10) }]],
  [
    "policyArns[0]",
    [{ policyArns: [ARN] }],
    [{ policyArns: ["p"] }, { policyArns: ["arn:aws:s3:::bucket"] }],
  ],
  ["permissionsBoundaryArn", [{ permissionsBoundaryArn: ARN }], [{ permissionsBoundaryArn: "p" }]],
  ["sessions", [{ tier: "standard", sessions: false }, { tier: "unmanaged" }], [{ tier: "standard" }]],
  ["accessTags", [{ accessTags: { Site: "plant" } }], [{ accessTags: {} }]],
  ['tags["aws:x"]', [{ tags: { x: "" } }], [{ tags: { "aws:x": "" } }]],
  ['accessTags["aws:x"]', [{ accessTags: { x: "y" } }], [{ accessTags: { "aws:x": "y" } }]],
  ["namePrefix", [{ namePrefix: "a".repeat(30) }], [{ namePrefix: "A" }, { namePrefix: "a".repeat(31) }]],
];

describe("the plan of a hybrid activation", () => {
  for (const [argument, valid, invalid] of LIMITS) {
    it(`takes ${argument} within its limits, and not beyond`, () => {
      for (const args of valid) {
        assert.deepEqual(paths(args), [], JSON.stringify(args));
      }
      for (const args of invalid) {
        assert.deepEqual(paths(args), [argument], JSON.stringify(args));
      }
    });
  }

  it("asks for a tier, and takes none but the three", () => {
    const none: object = { tier: undefined };
    const other: object = { tier: "premium" };
    assert.deepEqual(paths(none), ["tier"]);
    assert.deepEqual(paths(other), ["tier"]);
  });

  it("takes a name that a role can carry", () => {
    assert.deepEqual(paths({}, "p".repeat(55)), []);
    assert.deepEqual(paths({}, "p".repeat(56)), ["name"]);
    assert.deepEqual(paths({}, "a b"), ["name"]);
  });

  it("says all that is wrong at once", () => {
    assert.deepEqual(
      paths({
        tier: "standard",
        registrationLimit: 0,
        expiresOn: "later",
        machineName: "",
        policyArns: ["p"],
        permissionsBoundaryArn: "p",
        accessTags: {},
      }),
      [
        "sessions",
        "registrationLimit",
        "expiresOn",
        "machineName",
        "policyArns[0]",
        "permissionsBoundaryArn",
        "accessTags",
      ],
    );
  });

  it("knows whether nobody can register any more", () => {
    const expired = (expiresOn: string): boolean =>
      planHybridActivation("plant", { tier: "advanced", expiresOn }, DEPLOYMENT, NOW).hasExpired;
    assert.deepEqual(
      [expired("2026-11-21T11:59:59Z"), expired("2026-11-21T12:00:00Z"), expired("2026-11-21T12:00:01Z")],
      [true, true, false],
    );
  });

  it("takes every second of thirty days and none after", () => {
    const last = 30 * 86_400;
    fc.assert(
      fc.property(fc.integer({ min: -last, max: 3 * last }), (seconds) => {
        const value = new Date(NOW.getTime() + seconds * 1000).toISOString().replace(".000Z", "Z");
        assert.equal(expiryFault(value, NOW) === undefined, seconds <= last, value);
      }),
    );
  });
});
