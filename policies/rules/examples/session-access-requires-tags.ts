import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };

function managedPolicy(...statements: readonly object[]): ExampleResource {
  return {
    type: "aws:iam/policy:Policy",
    name: "operators",
    props: {
      name: "acme-prod-operators",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    },
  };
}

function machines(condition: object, resource = "arn:aws:ec2:*:*:instance/*"): object {
  return {
    Sid: "Machines",
    Effect: "Allow",
    Action: "ssm:StartSession",
    Resource: resource,
    Condition: condition,
  };
}

const DOCUMENTS = {
  Sid: "Documents",
  Effect: "Allow",
  Action: "ssm:StartSession",
  Resource: "arn:aws:ssm:*:*:document/acme-prod-*",
};

const PROD = { StringEquals: { "ssm:resourceTag/Environment": "prod" } };

export const EXAMPLES: readonly Example[] = [
  {
    title: "machines by tag, and documents without, in a statement of their own",
    resources: [managedPolicy(machines(PROD), DOCUMENTS)],
    expect: {},
  },
  {
    title: "the tag in its other spelling, equal to the person's own",
    resources: [
      managedPolicy(
        machines({ StringEquals: { "aws:ResourceTag/Team": "${aws:PrincipalTag/Team}" } }),
        DOCUMENTS,
      ),
    ],
    expect: {},
  },
  {
    title: "every machine, but those tagged otherwise are denied",
    resources: [
      managedPolicy(machines({}, "*"), {
        Effect: "Deny",
        Action: "ssm:StartSession",
        Resource: "arn:aws:*:*:*:*instance/*",
        Condition: { StringNotEquals: { "aws:ResourceTag/Environment": "prod" } },
      }),
    ],
    // ECS tasks are machines, too.
    expect: { operators: "violation" },
  },
  {
    title: "no tag at all",
    resources: [managedPolicy(machines({}), DOCUMENTS)],
    expect: { operators: "violation" },
  },
  {
    title: "a tag that may be absent",
    resources: [managedPolicy(machines({ StringEqualsIfExists: { "ssm:resourceTag/Environment": "prod" } }))],
    expect: { operators: "violation" },
  },
  {
    title: "any tag but one, which a machine without tags passes",
    resources: [managedPolicy(machines({ StringNotEquals: { "ssm:resourceTag/Environment": "prod" } }))],
    expect: { operators: "violation" },
  },
  {
    title: "a tag that is not one of those required",
    config: { tags: { Environment: ["prod"] } },
    resources: [managedPolicy(machines({ StringEquals: { "ssm:resourceTag/Team": "payments" } }))],
    expect: { operators: "violation" },
  },
  {
    title: "a value that is not one of those required",
    config: { tags: { Environment: ["prod"] } },
    resources: [managedPolicy(machines({ StringLike: { "ssm:resourceTag/Environment": "*" } }))],
    expect: { operators: "violation" },
  },
  {
    title: "exactly the tag required",
    config: { tags: { Environment: ["prod", "staging"] } },
    resources: [managedPolicy(machines(PROD))],
    expect: {},
  },
  {
    title: "one machine by its id",
    resources: [
      managedPolicy(machines({}, "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0")),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "one machine by its id, which configuration allows",
    config: { allowNamedMachines: true },
    resources: [
      managedPolicy(machines({}, "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0")),
    ],
    expect: {},
  },
  {
    title: "a policy that grants no session",
    resources: [
      managedPolicy({ Effect: "Allow", Action: ["ssm:DescribeSessions", "ec2:Describe*"], Resource: "*" }),
    ],
    expect: {},
  },
  {
    title: "a document that depends on a resource that does not exist yet",
    resources: [
      { type: "aws:iam/userPolicy:UserPolicy", name: "later", props: { user: "jo", policy: UNKNOWN } },
    ],
    expect: { later: "undecided" },
  },
];
