import type { Example } from "./example.ts";
import { allow, deny, ELSEWHERE, groupPolicy, LATER, managedPolicy, ofAws, UNKNOWN } from "./people.ts";

const BOTH = ["ssm:TerminateSession", "ssm:ResumeSession"];
const OWNER = "ssm:resourceTag/aws:ssmmessages:session-id";
const OWN = { StringEquals: { [OWNER]: "${aws:userid}" } };

const BREAKER = {
  type: "aws:iam/role:Role",
  name: "breaker",
  props: {
    name: "acme-prod-breaker",
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    inlinePolicies: [
      {
        name: "sessions",
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [allow("ssm:TerminateSession")] }),
      },
    ],
  },
};

export const EXAMPLES: readonly Example[] = [
  {
    title: "sessions whose owner is oneself",
    resources: [managedPolicy(allow(BOTH, { Condition: OWN }))],
    expect: {},
  },
  {
    title: "the owner with StringLike, as AWS writes it",
    resources: [managedPolicy(allow(BOTH, { Condition: { StringLike: { [OWNER]: ["${aws:userid}"] } } }))],
    expect: {},
  },
  {
    title: "sessions that begin with one's own name",
    resources: [managedPolicy(allow(BOTH, { Resource: "arn:aws:ssm:*:*:session/${aws:username}-*" }))],
    expect: {},
  },
  {
    title: "sessions that begin with one's own id",
    resources: [managedPolicy(allow(BOTH, { Resource: "arn:aws:ssm:*:*:session/${aws:userid}-*" }))],
    expect: {},
  },
  {
    title: "every session",
    resources: [managedPolicy(allow(BOTH, { Sid: "Sessions", Resource: "arn:aws:ssm:*:*:session/*" }))],
    expect: { operators: "violation" },
  },
  {
    title: "resuming every session, and ending one's own",
    resources: [managedPolicy(allow("ssm:TerminateSession", { Condition: OWN }), allow("ssm:Resume*"))],
    expect: { operators: "violation" },
  },
  {
    title: "a variable in a policy of the old version, which takes it literally",
    resources: [
      {
        type: "aws:iam/policy:Policy",
        name: "old",
        props: {
          policy: JSON.stringify({
            Version: "2008-10-17",
            Statement: allow(BOTH, { Resource: "arn:aws:ssm:*:*:session/${aws:username}-*" }),
          }),
        },
      },
    ],
    // Sessions of that literal name there are none.
    expect: {},
  },
  {
    title: "a name that is somebody's",
    resources: [managedPolicy(allow(BOTH, { Resource: "arn:aws:ssm:*:*:session/jo-*" }))],
    expect: { operators: "violation" },
  },
  {
    title: "one's own name without the dash, which begins other people's sessions, too",
    resources: [managedPolicy(allow(BOTH, { Resource: "arn:aws:ssm:*:*:session/${aws:username}*" }))],
    expect: { operators: "violation" },
  },
  {
    title: "an owner that may be absent",
    resources: [
      managedPolicy(allow(BOTH, { Condition: { StringEqualsIfExists: { [OWNER]: "${aws:userid}" } } })),
    ],
    // AWS sets the owner on every session.
    expect: {},
  },
  {
    title: "a tag of the machine, which no session has",
    resources: [
      managedPolicy(allow(BOTH, { Condition: { StringEquals: { "ssm:resourceTag/Environment": "prod" } } })),
    ],
    expect: {},
  },
  {
    title: "a tag of the machine that may be absent",
    resources: [
      managedPolicy(
        allow(BOTH, { Condition: { StringEqualsIfExists: { "ssm:resourceTag/Environment": "prod" } } }),
      ),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "a Deny of all but one's own",
    resources: [
      managedPolicy(
        allow("ssm:*"),
        deny(BOTH, { Condition: { StringNotEquals: { [OWNER]: "${aws:userid}" } } }),
      ),
    ],
    expect: {},
  },
  {
    title: "AWS's AmazonSSMFullAccess",
    resources: [ofAws("AmazonSSMFullAccess")],
    expect: { published: "violation" },
  },
  {
    title: "whoever may end every session",
    resources: [BREAKER],
    expect: { breaker: "violation" },
  },
  {
    title: "whoever may end every session, named in the configuration",
    config: { exemptPrincipals: ["*-breaker"] },
    resources: [BREAKER],
    expect: {},
  },
  {
    title: "a Deny in another policy: each document must be safe alone",
    resources: [
      groupPolicy("sessions", "people", allow(BOTH)),
      groupPolicy(
        "guard",
        "people",
        deny(BOTH, { Condition: { StringNotEquals: { [OWNER]: "${aws:userid}" } } }),
      ),
    ],
    expect: { sessions: "violation" },
  },
  {
    title: "a Deny in another policy, where whole principals are asked",
    config: { scope: "principal" },
    resources: [
      groupPolicy("sessions", "people", allow(BOTH)),
      groupPolicy(
        "guard",
        "people",
        deny(BOTH, { Condition: { StringNotEquals: { [OWNER]: "${aws:userid}" } } }),
      ),
    ],
    expect: {},
  },
  {
    title: "a Deny in a policy that nobody can read, where whole principals are asked",
    config: { scope: "principal" },
    resources: [
      groupPolicy("sessions", "people", allow(BOTH)),
      {
        type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        name: "guard",
        props: { group: "people", policyArn: "arn:aws:iam::123456789012:policy/guard" },
      },
    ],
    expect: { sessions: "undecided" },
  },
  {
    title: "a policy of another stack, which a permissions boundary keeps from sessions",
    config: { scope: "principal" },
    resources: [
      {
        type: "aws:iam/policy:Policy",
        name: "boundary",
        props: {
          name: "boundary",
          policy: JSON.stringify({ Version: "2012-10-17", Statement: allow("s3:*") }),
        },
      },
      {
        type: "aws:iam/user:User",
        name: "jo",
        props: { name: "jo", permissionsBoundary: UNKNOWN },
        from: { permissionsBoundary: ["boundary"] },
      },
      ELSEWHERE,
    ],
    expect: {},
  },
  {
    title: "a document that depends on a resource that does not exist yet",
    resources: [LATER],
    expect: { later: "undecided" },
  },
  {
    title: "a policy of another stack",
    resources: [ELSEWHERE],
    expect: { elsewhere: "undecided" },
  },
];
