import assert from "node:assert/strict";
import { planSessionPreferences, type SessionPreferencesArgs } from "@bastionless/components";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const LOGGING = { s3BucketName: "logs" };

function paths(args: Partial<SessionPreferencesArgs>, name = "preferences"): readonly string[] {
  return problemPaths(() => planSessionPreferences(name, { logging: LOGGING, ...args }, DEPLOYMENT));
}

describe("the plan of session preferences", () => {
  it("with logging alone has the defaults of Session Manager", () => {
    assert.deepEqual(planSessionPreferences("preferences", { logging: LOGGING }, DEPLOYMENT), {
      tags: { Project: "shop", Environment: "dev" },
      content: {
        kind: "shell",
        description: "The account's session preferences, of shop/dev",
        idleTimeoutMinutes: 20,
        maxDurationMinutes: undefined,
        runAs: false,
        runAsDefaultUser: undefined,
        shellProfile: { linux: "", windows: "" },
      },
      logging: LOGGING,
      permissionsBoundaryArn: undefined,
    });
  });

  const cases: readonly (readonly [
    argument: string,
    taken: readonly Partial<SessionPreferencesArgs>[],
    refused: readonly Partial<SessionPreferencesArgs>[],
  ])[] = [
    [
      "idleTimeoutMinutes",
      [{ idleTimeoutMinutes: 1 }, { idleTimeoutMinutes: 60 }],
      [{ idleTimeoutMinutes: 0 }, { idleTimeoutMinutes: 61 }, { idleTimeoutMinutes: 1.5 }],
    ],
    [
      "maxDurationMinutes",
      [{ maxDurationMinutes: 1 }, { maxDurationMinutes: 1440 }],
      [{ maxDurationMinutes: 0 }, { maxDurationMinutes: 1441 }],
    ],
    [
      "runAsDefaultUser",
      [{ runAsDefaultUser: "jane" }, { runAsDefaultUser: "CORP\\jane" }],
      [{ runAsDefaultUser: "root" }, { runAsDefaultUser: "" }, { runAsDefaultUser: "a b" }],
    ],
    ["runAs", [{ runAs: true }], [{ runAs: false, runAsDefaultUser: "jane" }]],
    [
      "description",
      [{ description: "d" }, { description: "d".repeat(512) }],
      [{ description: "" }, { description: "d".repeat(513) }],
    ],
    ["logging", [{ logging: { cloudWatchLogGroupName: "/sessions" } }], [{ logging: {} }]],
    [
      "permissionsBoundaryArn",
      [
        { permissionsBoundaryArn: "arn:aws-cn:iam::111122223333:policy/team/boundary" },
        { permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
      ],
      [
        { permissionsBoundaryArn: "boundary" },
        { permissionsBoundaryArn: "arn:aws:iam::111122223333:role/x" },
      ],
    ],
    ['tags["aws:x"]', [{ tags: { "a:x": "" } }], [{ tags: { "aws:x": "y" } }]],
    [
      'tags["a"]',
      [{ tags: { a: "v".repeat(256) } }],
      [{ tags: { a: "v".repeat(257) } }, { tags: { a: "ä;" } }],
    ],
    [
      "tags",
      [{ tags: Object.fromEntries(Array.from({ length: 47 }, (_, index) => [`t${index}`, ""])) }],
      [{ tags: Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`t${index}`, ""])) }],
    ],
  ];
  for (const [argument, taken, refused] of cases) {
    it(`takes ${argument} within its limits, and not beyond`, () => {
      for (const args of taken) {
        assert.deepEqual(paths(args), [], JSON.stringify(args));
      }
      for (const args of refused) {
        assert.deepEqual(paths(args), [argument], JSON.stringify(args));
      }
    });
  }

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        idleTimeoutMinutes: 0,
        maxDurationMinutes: 0,
        logging: {},
        description: "",
        tags: { "": "x" },
      }),
      ["description", 'tags[""]', "idleTimeoutMinutes", "maxDurationMinutes", "logging"],
    );
  });
});
