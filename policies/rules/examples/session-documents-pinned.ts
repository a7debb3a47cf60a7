import type { Example } from "./example.ts";
import {
  allow,
  awsDocumentArn,
  CHECK,
  deny,
  documentArn,
  ELSEWHERE,
  groupPolicy,
  INSTANCES,
  LATER,
  managedPolicy,
  ofAws,
  UNKNOWN,
} from "./people.ts";

const START = "ssm:StartSession";
const MACHINES = allow(START, { Sid: "Machines", Resource: INSTANCES, Condition: CHECK });

function documents(...names: readonly string[]): object {
  return allow(START, { Sid: "Documents", Resource: names, Condition: CHECK });
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "documents by name, and the check of the document in every statement",
    resources: [managedPolicy(MACHINES, documents(documentArn("acme-prod-shell")))],
    expect: {},
  },
  {
    title: "one of AWS's documents by name, which is a decision, too",
    resources: [managedPolicy(MACHINES, documents(awsDocumentArn("AWS-StartPortForwardingSession")))],
    expect: {},
  },
  {
    title: "machines alone, without the check: the default document opens",
    resources: [managedPolicy(allow(START, { Sid: "Machines", Resource: INSTANCES }))],
    expect: { operators: "violation" },
  },
  {
    title: "the check in the statement of the documents only",
    resources: [
      managedPolicy(allow(START, { Resource: INSTANCES }), documents(documentArn("acme-prod-shell"))),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "the check with Bool, which holds where a document is checked",
    resources: [
      managedPolicy(
        allow(START, {
          Resource: [INSTANCES, documentArn("acme-prod-shell")],
          Condition: { Bool: { "ssm:SessionDocumentAccessCheck": "true" } },
        }),
      ),
    ],
    expect: {},
  },
  {
    title: "the check the wrong way round",
    resources: [
      managedPolicy(
        allow(START, {
          Resource: [INSTANCES, documentArn("acme-prod-shell")],
          Condition: { Bool: { "ssm:SessionDocumentAccessCheck": "false" } },
        }),
      ),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "every document",
    resources: [managedPolicy(MACHINES, documents(documentArn("*")))],
    expect: { operators: "violation" },
  },
  {
    title: "documents by a pattern, which admits some that do not exist yet",
    resources: [managedPolicy(MACHINES, documents(documentArn("acme-prod-*")))],
    expect: { operators: "violation" },
  },
  {
    title: "documents by a pattern that configuration lists",
    config: { documents: ["acme-prod-*"] },
    resources: [managedPolicy(MACHINES, documents(documentArn("acme-prod-*")))],
    expect: {},
  },
  {
    title: "a document that configuration does not list",
    config: { documents: ["acme-prod-*"] },
    resources: [managedPolicy(MACHINES, documents(documentArn("acme-test-shell")))],
    expect: { operators: "violation" },
  },
  {
    title: "a document whose name holds a variable",
    resources: [managedPolicy(MACHINES, documents(documentArn("acme-${aws:PrincipalTag/Team}")))],
    expect: { operators: "violation" },
  },
  {
    title: "the account's default document",
    resources: [managedPolicy(MACHINES, documents(documentArn("SSM-SessionManagerRunShell")))],
    expect: { operators: "violation" },
  },
  {
    title: "the account's default document, which configuration lists: no check is needed for it",
    config: { documents: ["SSM-*"] },
    resources: [
      managedPolicy(allow(START, { Resource: [INSTANCES, documentArn("SSM-SessionManagerRunShell")] })),
    ],
    expect: {},
  },
  {
    title: "a Deny of every document but one",
    resources: [
      managedPolicy(allow(START, { Condition: CHECK }), {
        ...deny(START),
        Resource: undefined,
        NotResource: [INSTANCES, documentArn("acme-prod-shell")],
      }),
    ],
    // Nothing spells the document out in an Allow.
    expect: { operators: "violation" },
  },
  {
    title: "a Deny of every document but one that configuration lists",
    config: { documents: ["acme-prod-shell"] },
    resources: [
      managedPolicy(allow(START, { Condition: CHECK }), {
        ...deny(START),
        Resource: undefined,
        NotResource: [INSTANCES, documentArn("acme-prod-shell")],
      }),
    ],
    expect: {},
  },
  {
    title: "everything but IAM: the shape of PowerUserAccess",
    resources: [managedPolicy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })],
    expect: { operators: "violation" },
  },
  {
    title: "a policy that AWS publishes",
    resources: [ofAws("AmazonSSMFullAccess")],
    expect: { published: "violation" },
  },
  {
    title: "the machines in one policy of a group, and every document in another",
    resources: [
      groupPolicy("machines", "people", MACHINES),
      groupPolicy("documents", "people", documents(documentArn("*"))),
    ],
    expect: { documents: "violation" },
  },
  {
    title: "an exempt group",
    config: { exemptPrincipals: ["people"] },
    resources: [groupPolicy("machines", "people", allow(START))],
    expect: {},
  },
  {
    title: "a Deny in another policy of the group, where whole principals are asked",
    config: { scope: "principal", documents: ["acme-prod-shell"] },
    resources: [
      groupPolicy("machines", "people", allow(START, { Condition: CHECK })),
      groupPolicy("guard", "people", {
        ...deny(START),
        Resource: undefined,
        NotResource: [INSTANCES, documentArn("acme-prod-shell")],
      }),
    ],
    expect: {},
  },
  {
    title: "a document that depends on a resource that does not exist yet",
    resources: [LATER],
    expect: { later: "undecided" },
  },
  {
    title: "a Resource that is not known yet",
    resources: [
      {
        type: "aws:iam/policy:Policy",
        name: "partly",
        props: {
          policy: {
            Version: "2012-10-17",
            Statement: [MACHINES, { Effect: "Allow", Action: START, Resource: UNKNOWN, Condition: CHECK }],
          },
        },
      },
    ],
    expect: { partly: "undecided" },
  },
  {
    title: "a policy of another stack",
    resources: [ELSEWHERE],
    expect: { elsewhere: "undecided" },
  },
];
