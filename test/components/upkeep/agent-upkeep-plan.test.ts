import assert from "node:assert/strict";
import { type AgentUpkeepArgs, type PatchWindowArgs, planAgentUpkeep } from "@bastionless/components";
import { schedule as simulatedSchedule } from "../../../offline/aws/rules/schedule.ts";
import { placeAt } from "../../../offline/aws/place.ts";
import { systemsManagerSchedule } from "../../../components/upkeep/schedule.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };

const paths = (args: Partial<AgentUpkeepArgs>, name = "upkeep"): readonly string[] =>
  problemPaths(() => planAgentUpkeep(name, { instanceTags: { Fleet: "web" }, ...args }, DEPLOYMENT));

const window = (args: Partial<PatchWindowArgs>): Partial<AgentUpkeepArgs> => ({
  maintenanceWindow: { schedule: "rate(7 days)", ...args },
});

const tags = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

const LIMITS: readonly [
  argument: string,
  valid: Partial<AgentUpkeepArgs>[],
  invalid: Partial<AgentUpkeepArgs>[],
][] = [
  [
    "instanceTags",
    [{ instanceTags: tags(1) }, { instanceTags: tags(5) }],
    [{ instanceTags: {} }, { instanceTags: tags(6) }],
  ],
  ['instanceTags["aws:x"]', [{ instanceTags: { x: "" } }], [{ instanceTags: { "aws:x": "y" } }]],
  [
    'instanceTags["x"]',
    [{ instanceTags: { x: "v".repeat(256) } }],
    [{ instanceTags: { x: "v".repeat(257) } }, { instanceTags: { x: "*" } }],
  ],
  [
    "schedule",
    [{ schedule: "rate(30 minutes)" }, { schedule: "cron(0 2 ? * SUN *)" }],
    [{ schedule: "rate(29 minutes)" }, { schedule: "weekly" }, { schedule: "" }],
  ],
  [
    "agentVersion",
    [{ agentVersion: "2.3.68.0" }, { agentVersion: "3.3.40.0", features: ["no-ec2messages"] }],
    [
      { agentVersion: "2.3.67.0" },
      { agentVersion: "latest" },
      { agentVersion: "3.3.39.999", features: ["no-ec2messages"] },
    ],
  ],
  [
    "maxConcurrency",
    ["1", "9999999", "1%", "100%"].map((maxConcurrency) => ({ maxConcurrency })),
    ["0", "0%", "101%", "all", "10000000", "-1", ""].map((maxConcurrency) => ({ maxConcurrency })),
  ],
  [
    "maxErrors",
    ["0", "0%", "5%", "100%", "12"].map((maxErrors) => ({ maxErrors })),
    ["101%", "-1", "1.5", ""].map((maxErrors) => ({ maxErrors })),
  ],
  [
    "patch.approveAfterDays",
    [
      { patch: { operatingSystem: "rhel", approveAfterDays: 0 } },
      { patch: { operatingSystem: "rhel", approveAfterDays: 360 } },
      { patch: { operatingSystem: "ubuntu" } },
    ],
    [
      { patch: { operatingSystem: "rhel", approveAfterDays: -1 } },
      { patch: { operatingSystem: "rhel", approveAfterDays: 361 } },
      { patch: { operatingSystem: "ubuntu", approveAfterDays: 7 } },
      { patch: { operatingSystem: "debian", approveAfterDays: 0 } },
    ],
  ],
  [
    "maintenanceWindow.schedule",
    [window({ schedule: "cron(0 3 ? * SUN#2 *)" })],
    [window({ schedule: "sundays" }), window({ schedule: "cron(0 3 * * SUN *)" })],
  ],
  [
    "maintenanceWindow.timeZone",
    [window({ timeZone: "Europe/Berlin" }), window({ timeZone: "Etc/UTC" })],
    [window({ timeZone: "CEST" }), window({ timeZone: "+02:00" })],
  ],
  [
    "maintenanceWindow.durationHours",
    [window({ durationHours: 1 }), window({ durationHours: 24 })],
    [window({ durationHours: 0 }), window({ durationHours: 25 })],
  ],
  [
    "maintenanceWindow.cutoffHours",
    [window({ cutoffHours: 0 }), window({ cutoffHours: 23, durationHours: 24 })],
    [window({ cutoffHours: -1 }), window({ cutoffHours: 3 }), window({ cutoffHours: 2, durationHours: 2 })],
  ],
  ["namePrefix", [{ namePrefix: "a".repeat(30) }], [{ namePrefix: "a".repeat(31) }, { namePrefix: "amzn" }]],
];

describe("the plan of an upkeep", () => {
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

  it("refuses what is none of the choices", () => {
    const bad: object = {
      features: ["ssh", "teleport"],
      patch: { operatingSystem: "plan9", complianceLevel: "BAD" },
    };
    assert.deepEqual(paths(bad), ["features[1]", "patch.operatingSystem", "patch.complianceLevel"]);
  });

  it("takes a name that all that is made can carry", () => {
    assert.deepEqual(paths({}, "u".repeat(119)), []);
    assert.deepEqual(paths({}, "u".repeat(120)), ["name"]);
    assert.deepEqual(paths({}, "a b"), ["name"]);
  });

  it("leaves a window of one hour no cutoff of its own", () => {
    const plan = planAgentUpkeep(
      "upkeep",
      { instanceTags: { a: "b" }, maintenanceWindow: { schedule: "rate(7 days)", durationHours: 1 } },
      DEPLOYMENT,
    );
    assert.equal(plan.window?.cutoffHours, 0);
  });

  it("says all that is wrong at once", () => {
    assert.deepEqual(
      paths({
        instanceTags: {},
        schedule: "x",
        agentVersion: "x",
        maxConcurrency: "x",
        maxErrors: "x",
        ...window({ schedule: "x", timeZone: "x", durationHours: 0, cutoffHours: 24 }),
      }).toSorted(),
      [
        "agentVersion",
        "instanceTags",
        "maintenanceWindow.cutoffHours",
        "maintenanceWindow.cutoffHours",
        "maintenanceWindow.durationHours",
        "maintenanceWindow.schedule",
        "maintenanceWindow.timeZone",
        "maxConcurrency",
        "maxErrors",
        "schedule",
      ],
    );
  });
});

describe("a schedule of Systems Manager", () => {
  const taken = [
    "rate(30 minutes)",
    "rate(1 hour)",
    "rate(1 day)",
    "rate(365 days)",
    "cron(0/30 * ? * * *)",
    "cron(0 2 ? * SUN *)",
    "cron(0 2 ? * SUN#2 *)",
    "cron(0 2 ? * THUL *)",
    "cron(15 10 L * ? *)",
    "cron(0 9 1 JAN,JUL ? 2027-2030)",
    "cron(0 0 15W * ? *)",
    "cron(0 10 ? * MON-FRI *)",
  ];
  const refused = [
    "rate(0 days)",
    "rate(1 days)",
    "rate(2 day)",
    "rate(7 weeks)",
    "rate (7 days)",
    "rate(29 minutes)",
    "cron(0 2 * * SUN)",
    "cron(0 2 * * SUN *)",
    "cron(0 2 ? * ? *)",
    "0 2 ? * SUN *",
    "cron()",
    "cron",
  ];
  const mistaken = [
    "cron(60 2 ? * SUN *)",
    "cron(0 24 ? * SUN *)",
    "cron(0 2 32 * ? *)",
    "cron(0 2 ? 13 SUN *)",
    "cron(0 2 ? * 8 *)",
    "cron(0 2 ? * 0 *)",
    "cron(0 2 ? * SUN#6 *)",
    "cron(0 2 ? * SUN 1969)",
    "cron(5-1 2 ? * SUN *)",
    "cron(*/0 2 ? * SUN *)",
    "cron(0 2 ? * XYZ *)",
    "cron(? 2 ? * SUN *)",
  ];

  for (const text of taken) {
    it(`is \`${text}\`, for the simulated AWS too`, () => {
      assert.equal(systemsManagerSchedule(30)(text), undefined);
      assert.equal(simulatedSchedule(30)(text, placeAt("111122223333", "eu-west-1")), undefined);
    });
  }
  for (const text of refused) {
    it(`is not \`${text}\`, for the simulated AWS either`, () => {
      assert.notEqual(systemsManagerSchedule(30)(text), undefined);
      assert.notEqual(simulatedSchedule(30)(text, placeAt("111122223333", "eu-west-1")), undefined);
    });
  }
  for (const text of mistaken) {
    it(`is not \`${text}\``, () => {
      assert.notEqual(systemsManagerSchedule(30)(text), undefined);
    });
  }
});
