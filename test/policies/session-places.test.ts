import assert from "node:assert/strict";
import type { ExampleProvider, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import type { Statement } from "@bastionless/policies/rules/examples/session-logging-permitted.ts";
import { sessionLoggingPermitted } from "@bastionless/policies/rules/session-logging-permitted.ts";
import { capture } from "./support/capture.ts";
import {
  assuming,
  type Environment,
  environment,
  json,
  keyStatements,
  neededFor,
  type Phase,
  PHASES,
} from "./support/environments.ts";

const STAGING = "111122223333";
const PROD = "444455556666";

/** Every pair of a role and a document that something was told of, and what: reasons and refused calls in full. */
function pairs(resources: readonly ExampleResource[]): readonly unknown[] {
  return capture(sessionLoggingPermitted, resources).flatMap(({ kind, message }) => {
    switch (message.id) {
      case "session-logging-permitted":
        return [[message.role, message.document, kind]];
      case "session-logging-refused":
        return [[message.role, message.document, message.by, ...message.calls.map(({ action }) => action)]];
      case "session-logging-open":
        return [[message.role, message.document, kind, ...message.reasons.map(short)]];
      case "log-key-lets-service-in":
      case "log-key-service-open":
        return [];
      default:
        return [[kind, message.id]];
    }
  });
}

/** The reasons that matter here, without what they say of where things are. */
function short(reason: string): string {
  return reason.endsWith("`policy` is not known before the deployment") ? "the key's ARN" : reason;
}

function all(phase: Phase, ...environments: readonly Environment[]): readonly ExampleResource[] {
  return environments.flatMap((each) => environment(each, phase));
}

const without =
  (action: string) =>
  (needed: readonly Statement[]): readonly Statement[] =>
    needed.filter((statement) => statement["Action"] !== action);

/** The same environment in a staging account, and in two Regions of a production account. */
function places(
  provider: (name: string, account: string, region: string) => ExampleProvider,
): readonly [Environment, Environment, Environment] {
  const make = (name: string, prefix: string, account: string, region: string): Environment => ({
    name,
    prefix,
    account,
    region,
    provider: provider(name, account, region),
  });
  return [
    make("staging", "shop", STAGING, "eu-west-1"),
    make("prod", "shop", PROD, "eu-west-1"),
    make("prod-us", "shop-us", PROD, "us-east-1"),
  ];
}

const WAYS_TO_TELL: readonly (readonly [
  string,
  (name: string, account: string, region: string) => ExampleProvider,
])[] = [
  ["a role to assume", assuming],
  [
    "a role to assume, as older versions write it",
    (name, account, region) => ({
      name,
      inputs: { region, assumeRole: { roleArn: `arn:aws:iam::${account}:role/deploy` } },
    }),
  ],
  [
    "the one account that is allowed",
    (name, account, region) => ({ name, inputs: { region, allowedAccountIds: [account] } }),
  ],
  [
    "a profile, which says no account",
    (name, account, region) => ({ name, inputs: { region, profile: account } }),
  ],
  ["its name alone", (name) => ({ name, inputs: { region: { unknown: true }, profile: { unknown: true } } })],
];

describe("where sessions are held", () => {
  for (const [how, provider] of WAYS_TO_TELL) {
    const [staging, prod, us] = places(provider);

    it(`pairs roles with documents of their own place: ${how}`, () => {
      assert.deepEqual(pairs(all("after", staging, prod, us)), [
        ["shop-app", "prod-shell", "satisfied"],
        ["shop-us-app", "prod-us-shell", "satisfied"],
        ["shop-app", "staging-shell", "satisfied"],
      ]);
      assert.deepEqual(pairs(all("first preview", staging, prod, us)), [
        ["shop-app", "prod-shell", "undecided", "the key's ARN"],
        ["shop-us-app", "prod-us-shell", "undecided", "the key's ARN"],
        ["shop-app", "staging-shell", "undecided", "the key's ARN"],
      ]);
    });

    it(`blames the environment whose role lacks a call, and no other with the same names: ${how}`, () => {
      const bad = { ...prod, allowed: without("s3:PutObject") };
      assert.deepEqual(pairs(all("after", staging, bad, us)), [
        ["shop-app", "prod-shell", "role", "s3:PutObject"],
        ["shop-us-app", "prod-us-shell", "satisfied"],
        ["shop-app", "staging-shell", "satisfied"],
      ]);
    });
  }

  it("does not refuse the service of a Region that is not known", () => {
    const [it, , us] = places((name) => ({
      name,
      inputs: { region: { unknown: true }, profile: { unknown: true } },
    }));
    const keys = (resources: readonly ExampleResource[]): readonly unknown[] =>
      capture(sessionLoggingPermitted, resources)
        .filter(({ on }) => on === "staging-key")
        .map(({ kind, message }) => [kind, message.id]);
    const resources = all("first preview", it, us);
    assert.deepEqual(keys(resources), [["undecided", "log-key-service-open"]]);
    // No Region's service is let in.
    const none = resources.map((resource) =>
      resource.name === "staging-key"
        ? { ...resource, props: { ...resource.props, policy: json(keyStatements(it)[0] ?? {}) } }
        : resource,
    );
    assert.deepEqual(keys(none), [["violation", "log-key-refuses-service"]]);
  });

  it("holds a role that may write nothing to every document of its place, and to none of another", () => {
    const [staging, prod, us] = places(assuming);
    const none = { ...prod, allowed: () => [] };
    for (const phase of PHASES) {
      const told = pairs(all(phase, staging, none, us)).filter(
        (pair) => Array.isArray(pair) && pair[2] !== "satisfied" && pair[3] !== "the key's ARN",
      );
      assert.deepEqual(
        told,
        phase === "after"
          ? [
              [
                "shop-app",
                "prod-shell",
                "role",
                "s3:PutObject",
                "s3:GetEncryptionConfiguration",
                "logs:CreateLogStream",
                "logs:PutLogEvents",
                "logs:DescribeLogStreams",
                "logs:DescribeLogGroups",
              ],
            ]
          : [], // A policy that is not known yet may allow it all.
        phase,
      );
    }
  });

  it("does not know whether accounts of two profiles are one, and says so instead of refusing", () => {
    const [staging, prod] = places((name, account, region) => ({
      name,
      inputs: { region, profile: account },
    }));
    const none = { ...prod, allowed: () => [] };
    const parts = [...environment(staging, "first preview"), ...environment(none, "first preview")];
    // Nothing of prod but its machine: all documents are staging's.
    const told = pairs(
      parts.filter(({ name }) => !/^prod-(shell|key|bucket|encryption|group|use-key)$/.test(name)),
    );
    assert.deepEqual(told, [
      [
        "shop-app",
        "staging-shell",
        "undecided",
        "whether `prod-role` of the provider `prod` (eu-west-1) and `staging-shell` of the provider `staging` (111122223333, eu-west-1) are in one account is not known",
      ],
      ["shop-app", "staging-shell", "undecided", "the key's ARN"],
    ]);
  });

  it("takes providers with the same credentials for one account, in Regions of their own", () => {
    const inRegion = (name: string, region: string): Environment => ({
      name,
      prefix: `shop-${name}`,
      account: PROD,
      region,
      provider: { name, inputs: { region, profile: "shop" } },
    });
    const none = { ...inRegion("eu", "eu-west-1"), allowed: () => [] };
    const us = inRegion("us", "us-east-1");
    const machineOf = (it: Environment): readonly ExampleResource[] =>
      environment(it, "after").filter(({ type }) => !/document|kms|s3|cloudwatch/.test(type));
    // A machine in one Region has no sessions with a document of the other.
    assert.deepEqual(pairs([...machineOf(none), ...environment(us, "after")]), [
      ["shop-us-app", "us-shell", "satisfied"],
    ]);
    // A role is for all Regions of its account where the stack gives it to no machine.
    assert.deepEqual(
      pairs([...machineOf({ ...none, machine: false }), ...environment(us, "after")]).slice(0, 1),
      [["shop-eu-app", "us-shell", "undecided", "nothing tells whether `us-shell` is for its machines"]],
    );
  });

  it("does not refuse what only happens where a shared document is used elsewhere", () => {
    const [staging, prod] = places(assuming);
    const machine = environment({ ...prod, allowed: () => [] }, "after").filter(
      ({ type }) => !/document|kms|s3|cloudwatch/.test(type),
    );
    const shared = {
      ...staging,
      document: { permissions: { type: "Share", accountIds: PROD } },
    };
    const [told, ...others] = pairs([...machine, ...environment(shared, "after")]);
    assert.deepEqual(told, [
      "shop-app",
      "staging-shell",
      "undecided",
      "`staging-shell` is shared, and may be used in the role's account",
    ]);
    assert.deepEqual(others, [["shop-app", "staging-shell", "satisfied"]]);
  });

  it("holds each of two environments of one account to its own document", () => {
    const make = (name: string): Environment => ({
      name,
      prefix: `shop-${name}`,
      account: PROD,
      region: "eu-west-1",
    });
    const [dev, prod] = [make("dev"), make("prod")];
    assert.deepEqual(pairs(all("after", dev, prod)), [
      ["shop-dev-app", "dev-shell", "satisfied"],
      ["shop-prod-app", "prod-shell", "satisfied"],
    ]);
    assert.deepEqual(pairs(all("first preview", dev, prod)), [
      ["shop-dev-app", "dev-shell", "undecided", "the key's ARN"],
      ["shop-prod-app", "prod-shell", "undecided", "the key's ARN"],
    ]);
    assert.deepEqual(
      pairs(all("after", { ...dev, allowed: without("s3:GetEncryptionConfiguration") }, prod)),
      [
        ["shop-dev-app", "dev-shell", "role", "s3:GetEncryptionConfiguration"],
        ["shop-prod-app", "prod-shell", "satisfied"],
      ],
    );
  });

  describe("rights that were given to the wrong role", () => {
    const make = (name: string, allowed?: Environment["allowed"]): Environment => ({
      name,
      prefix: `shop-${name}`,
      account: PROD,
      region: "eu-west-1",
      ...(allowed === undefined ? {} : { allowed }),
    });
    const [dev, prod] = [make("dev"), make("prod")];
    const rightsOf = (it: Environment) => (): readonly Statement[] => [
      ...neededFor(it),
      {
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: `arn:aws:kms:eu-west-1:${PROD}:key/${it.name}`,
      },
    ];
    const wrong = [make("dev", rightsOf(prod)), make("prod", rightsOf(dev))];

    for (const [count, told] of [
      [10, []],
      [11, [["undecided", "session-logging-pairs-unasked"]]],
    ] as const) {
      it(`are asked about up to 100 pairs of a role and a document, and undecided beyond: ${count} of each`, () => {
        const many = Array.from({ length: count }, (_, index) => make(`team${index}`));
        assert.deepEqual(
          pairs(all("after", ...many)).filter((each) => JSON.stringify(each).includes("unasked")),
          told,
        );
      });
    }

    const tagged = (...them: readonly Environment[]): readonly ExampleResource[] =>
      them.flatMap((it) =>
        environment(it, "after").map((resource) =>
          resource.name === `${it.name}-machine`
            ? { ...resource, props: { ...resource.props, tags: { Stage: it.name } } }
            : resource,
        ),
      );
    const people = (document: string, machines: string): ExampleResource => ({
      type: "aws:iam/policy:Policy",
      name: `${document}-people`,
      props: {
        name: `${document}-people`,
        policy: json(
          {
            Effect: "Allow",
            Action: "ssm:StartSession",
            Resource: `arn:aws:ssm:*:*:document/shop-${document}-shell`,
          },
          {
            Effect: "Allow",
            Action: "ssm:StartSession",
            Resource: "arn:aws:ec2:*:*:instance/*",
            Condition: { StringEquals: { "ssm:resourceTag/Stage": machines } },
          },
        ),
      },
    });
    const refused = (resources: readonly ExampleResource[]): readonly unknown[] =>
      capture(sessionLoggingPermitted, resources).flatMap(({ message }) =>
        message.id === "session-logging-refused"
          ? [[message.role, message.document, message.startedBy?.policy]]
          : [],
      );
    const access = [people("dev", "dev"), people("prod", "prod")];

    it("are found by what people may use on each machine", () => {
      assert.deepEqual(refused([...tagged(dev, prod), ...access]), []);
      assert.deepEqual(refused([...tagged(...wrong), ...access]), [
        ["shop-dev-app", "dev-shell", "dev-people"],
        ["shop-prod-app", "prod-shell", "prod-people"],
      ]);
    });

    it("are found where no role may write for the document that people may use", () => {
      const [first] = wrong;
      assert.ok(first !== undefined);
      const others = environment({ ...prod, machine: false }, "after");
      const both = [people("dev", "dev"), people("prod", "dev")];
      assert.deepEqual(refused([...tagged(first), ...others, ...both]), [
        ["shop-dev-app", "dev-shell", "dev-people"],
      ]);
    });

    it("are no finding where people may use both documents on the machine, and each has its role", () => {
      assert.deepEqual(refused([...tagged(dev, prod), ...access, people("prod", "dev")]), []);
    });
  });

  describe("a machine that logs nothing, beside one that is logged", () => {
    const make = (name: string): Environment => ({
      name,
      prefix: `shop-${name}`,
      account: PROD,
      region: "eu-west-1",
    });
    const logged = environment(make("logged"), "after");
    const quiet = environment({ ...make("quiet"), allowed: () => [] }, "after").filter(
      ({ type }) => !/document|kms|s3|cloudwatch/.test(type),
    );
    const tagged = (value: unknown): readonly ExampleResource[] =>
      quiet.map((resource) =>
        resource.name === "quiet-machine"
          ? { ...resource, props: { ...resource.props, tags: { Use: value } } }
          : resource,
      );
    const calls = [
      "s3:PutObject",
      "s3:GetEncryptionConfiguration",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:DescribeLogStreams",
      "logs:DescribeLogGroups",
    ];
    /** Lets people use the logged machine's document on machines with a tag. */
    const access = (condition: object): ExampleResource => ({
      type: "aws:iam/policy:Policy",
      name: "people",
      props: {
        name: "people",
        policy: json(
          {
            Effect: "Allow",
            Action: "ssm:StartSession",
            Resource: "arn:aws:ssm:*:*:document/shop-logged-shell",
          },
          {
            Sid: "Machines",
            Effect: "Allow",
            Action: "ssm:StartSession",
            Resource: "arn:aws:ec2:*:*:instance/*",
            Condition: condition,
          },
        ),
      },
    });
    const others = access({ StringEquals: { "ssm:resourceTag/Use": "shells" } });
    const quietPairs = (resources: readonly ExampleResource[]): readonly unknown[] =>
      pairs([...logged, ...resources]).filter((pair) => Array.isArray(pair) && pair[0] === "shop-quiet-app");
    const unknown = [
      [
        "shop-quiet-app",
        "logged-shell",
        "undecided",
        "nothing tells whether `logged-shell` is for its machines",
      ],
    ];

    it("is undecided where nobody's access is in the stack", () => {
      assert.deepEqual(quietPairs(tagged("tunnels")), unknown);
    });

    it("is let alone where people may use the document on other machines only", () => {
      assert.deepEqual(quietPairs([...tagged("tunnels"), others]), []);
      // A tag that the machine does not have.
      const team = access({ StringEquals: { "aws:ResourceTag/Team": "shop" } });
      assert.deepEqual(quietPairs([...tagged("tunnels"), team]), []);
    });

    for (const condition of [
      { StringEquals: { "ssm:resourceTag/Use": "tunnels" } },
      { StringLike: { "aws:ResourceTag/use": "*" } },
      {},
    ]) {
      it(`is refused where people may use the document on it: ${JSON.stringify(condition)}`, () => {
        const found = capture(sessionLoggingPermitted, [...logged, ...tagged("tunnels"), access(condition)]);
        assert.deepEqual(
          found.flatMap(({ message }) =>
            message.id === "session-logging-refused"
              ? [[message.role, message.startedBy?.policy, ...message.calls.map(({ action }) => action)]]
              : [],
          ),
          [["shop-quiet-app", "people", ...calls]],
        );
      });
    }

    it("is undecided where its tags are not known, or what somebody may do is not", () => {
      assert.deepEqual(quietPairs([...tagged({ unknown: true }), others]), unknown);
      const later = { ...others, name: "later", props: { name: "later", policy: { unknown: true } } };
      assert.deepEqual(quietPairs([...tagged("tunnels"), others, later]), unknown);
    });

    it("is refused whoever may start it where the session would go on without its log", () => {
      const careless = logged.map((resource) =>
        resource.name === "logged-shell"
          ? {
              ...resource,
              props: {
                ...resource.props,
                content: String(resource.props["content"]).replaceAll("true", "false"),
              },
            }
          : resource,
      );
      assert.deepEqual(
        pairs([...careless, ...tagged("tunnels")]).filter(
          (pair) => Array.isArray(pair) && pair[0] === "shop-quiet-app",
        ),
        [["shop-quiet-app", "logged-shell", "role", ...calls.filter((call) => !call.includes("Encryption"))]],
      );
    });
  });
});
