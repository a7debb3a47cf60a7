import type { Example, ExampleResource } from "./example.ts";
import {
  allow,
  awsDocumentArn,
  CHECK,
  documentArn,
  ELSEWHERE,
  groupPolicy,
  INSTANCES,
  LATER,
  managedPolicy,
  ofAws,
  sessionDocument,
} from "./people.ts";

const SHELL = sessionDocument("acme-prod-shell", {
  sessionType: "Standard_Stream",
  inputs: { cloudWatchLogGroupName: "acme-prod-sessions", cloudWatchEncryptionEnabled: true },
});
const DATABASE = sessionDocument("acme-prod-database", {
  sessionType: "Port",
  parameters: { localPortNumber: { type: "String", default: "15432" } },
  properties: {
    type: "LocalPortForwarding",
    host: "db.acme.internal",
    portNumber: "5432",
    localPortNumber: "{{ localPortNumber }}",
  },
});

function anyPort(pattern?: string): ExampleResource {
  return sessionDocument("acme-prod-ports", {
    sessionType: "Port",
    parameters: {
      portNumber: { type: "String", ...(pattern === undefined ? {} : { allowedPattern: pattern }) },
    },
    properties: { portNumber: "{{ portNumber }}" },
  });
}

function commands(inputs: object): ExampleResource {
  return sessionDocument("acme-prod-restart", {
    sessionType: "InteractiveCommands",
    inputs,
    properties: { linux: { commands: "systemctl restart app", runAsElevated: true } },
  });
}

/** A policy that admits sessions with these documents. */
function using(...documents: readonly string[]): ExampleResource {
  return managedPolicy(
    allow("ssm:StartSession", { Sid: "Machines", Resource: INSTANCES, Condition: CHECK }),
    allow("ssm:StartSession", { Sid: "Documents", Resource: documents, Condition: CHECK }),
  );
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "a logged shell",
    resources: [SHELL, using(documentArn("acme-prod-shell"))],
    expect: {},
  },
  {
    title: "AWS's document for SSH",
    resources: [using(awsDocumentArn("AWS-StartSSHSession"))],
    expect: { operators: "violation" },
  },
  {
    title: "AWS's document for SSH, written with an account",
    resources: [using(documentArn("AWS-StartSSHSession"))],
    expect: { operators: "violation" },
  },
  {
    title: "AWS's document for SSH, which configuration allows",
    config: { allowedDocuments: ["AWS-StartSSHSession"] },
    resources: [using(awsDocumentArn("AWS-StartSSHSession"))],
    expect: {},
  },
  {
    title: "a pattern that covers AWS's documents",
    resources: [using("arn:aws:ssm:*:*:document/*")],
    expect: { operators: "violation" },
  },
  {
    title: "machines and documents alike",
    resources: [managedPolicy(allow("ssm:StartSession", { Sid: "Sessions" }))],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel to one port of one host",
    resources: [DATABASE, using(documentArn("acme-prod-database"))],
    expect: {},
  },
  {
    title: "a tunnel to one port of one host, where tunnels are refused",
    config: { allowFixedTunnels: false },
    resources: [DATABASE, using(documentArn("acme-prod-database"))],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel for those who may have one",
    config: { allowFixedTunnels: false, tunnelPrincipals: ["database-users"] },
    resources: [
      DATABASE,
      groupPolicy(
        "tunnel",
        "database-users",
        allow("ssm:StartSession", { Resource: [INSTANCES, documentArn("acme-prod-database")] }),
      ),
    ],
    expect: {},
  },
  {
    title: "a tunnel to any port",
    resources: [anyPort(), using(documentArn("acme-prod-ports"))],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel to a port that must look like one",
    resources: [anyPort("^[0-9]{1,5}$"), using(documentArn("acme-prod-ports"))],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel to one of two ports",
    resources: [anyPort("^(22|8888)$"), using(documentArn("acme-prod-ports"))],
    expect: {},
  },
  {
    title: "a tunnel to one port of any host",
    resources: [
      sessionDocument("acme-prod-ports", {
        sessionType: "Port",
        parameters: { host: { type: "String" } },
        properties: { portNumber: "5432", host: "{{ host }}" },
      }),
      using(documentArn("acme-prod-ports")),
    ],
    expect: { operators: "violation" },
  },
  {
    title: "a tunnel to any port that nobody is allowed to use",
    resources: [anyPort(), SHELL, using(documentArn("acme-prod-shell"))],
    expect: {},
  },
  {
    title: "a tunnel to any port, behind a pattern",
    resources: [anyPort(), using(documentArn("acme-*"))],
    expect: { operators: "violation" },
  },
  {
    title: "commands without a log",
    resources: [commands({}), using(documentArn("acme-prod-restart"))],
    expect: { operators: "violation" },
  },
  {
    title: "commands with a log",
    resources: [commands({ s3BucketName: "acme-logs" }), using(documentArn("acme-prod-restart"))],
    expect: {},
  },
  {
    title: "the machines in one policy of a group, and AWS's documents in another",
    resources: [
      groupPolicy("machines", "people", allow("ssm:StartSession", { Resource: INSTANCES, Condition: CHECK })),
      groupPolicy(
        "documents",
        "people",
        allow("ssm:StartSession", { Resource: "arn:aws:ssm:*::document/AWS-*", Condition: CHECK }),
      ),
    ],
    expect: { documents: "violation" },
  },
  {
    title: "the machines in one policy of a group, and a tunnel of the stack in another",
    resources: [
      anyPort(),
      groupPolicy("machines", "people", allow("ssm:StartSession", { Resource: INSTANCES, Condition: CHECK })),
      groupPolicy(
        "documents",
        "people",
        allow("ssm:StartSession", { Resource: documentArn("acme-prod-ports"), Condition: CHECK }),
      ),
    ],
    expect: { documents: "violation" },
  },
  {
    title: "AWS's AdministratorAccess",
    resources: [ofAws("AdministratorAccess")],
    expect: { published: "violation" },
  },
  {
    title: "a document of another stack",
    resources: [using(documentArn("acme-prod-shell"))],
    expect: { operators: "undecided" },
  },
  {
    title: "a document of another stack, which configuration vouches for",
    config: { allowedDocuments: ["acme-prod-*"] },
    resources: [using(documentArn("acme-prod-shell"))],
    expect: {},
  },
  {
    title: "a document whose content is not known yet",
    resources: [
      {
        ...SHELL,
        props: { name: "acme-prod-shell", documentType: "Session", content: { unknown: true } },
      },
      using(documentArn("acme-prod-shell")),
    ],
    expect: { operators: "undecided" },
  },
  {
    title: "a policy that depends on a resource that does not exist yet",
    resources: [SHELL, LATER],
    expect: { later: "undecided" },
  },
  {
    title: "a policy of another stack",
    resources: [ELSEWHERE],
    expect: { elsewhere: "undecided" },
  },
];
