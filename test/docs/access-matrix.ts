import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  anySession,
  CREDENTIALS_WITHOUT_MFA,
  type CredentialKind,
  decide,
  equals,
  type KeyConstraint,
  type ParsedDocument,
  parsePolicyDocument,
  type PolicySet,
  type Principal,
  type Question,
  sessionOutsideTags,
  sessionsOfOthers,
  sessionWithDocument,
  sessionWithOtherOwnDocument,
  CHANGE_DOORS,
  SIDE_DOORS,
  sideDoorOpen,
  sideDoorOutsideTags,
} from "@bastionless/iam";
import {
  SessionAccess,
  type SessionAccessArgs,
  sideDoorsServiceControlPolicy,
} from "@bastionless/components";
import { runMocked, valueOf } from "../components/support/mocked-program.ts";
import { alignedTable } from "./markdown.ts";
import { REPOSITORY } from "./pages.ts";

/** Where the tables stand. The text around them is written by hand. */
export const ACCESS_PAGE = join(REPOSITORY, "docs", "access.md");

const REGION = "eu-west-1";
const TAG = "aws:ResourceTag/Environment";
const SHELL = "shop-prod-shell";
const DATABASE = "shop-prod-database";
const RESTART = "shop-prod-restart";
const WINDOW = { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" };

const documents = [
  { documentName: SHELL, sessionType: "Standard_Stream" },
  { documentName: DATABASE, sessionType: "Port" },
] as const;
const instanceTags = { Environment: "prod" };
const role = { trustedPrincipals: ["arn:aws:iam::111122223333:root"] };

/** One access of each profile, as it comes with its defaults. */
const PROFILES: Readonly<Record<string, SessionAccessArgs>> = {
  operator: { profile: "operator", documents, instanceTags },
  "on-call": { profile: "on-call", documents, instanceTags, window: WINDOW },
  "break-glass": {
    profile: "break-glass",
    documents,
    instanceTags,
    role,
    alarm: { topicArn: "arn:aws:sns:eu-west-1:111122223333:alarms" },
  },
  tunnel: { profile: "tunnel", documents: [documents[1]], instanceTags },
  command: { profile: "command", commandDocuments: [{ documentName: RESTART }], instanceTags },
  auditor: { profile: "auditor", documents },
  "permission set": {
    profile: "operator",
    documents,
    instanceTags,
    mfa: "federated",
    createPolicies: false,
  },
};

const WITH_MFA: readonly CredentialKind[] = ["temporary-mfa", "role-mfa"];

/** The question under further constraints: on the machine, and on everything that its checks share. */
function where(
  question: Question,
  { machine = [], shared = [] }: { readonly [on in "machine" | "shared"]?: readonly KeyConstraint[] },
): Question {
  return {
    ...question,
    scenarios: question.scenarios.map((scenario) => ({
      ...scenario,
      keys: [...(scenario.keys ?? []), ...shared],
      checks: scenario.checks.map((check) =>
        check.name === "machine" ? { ...check, keys: [...(check.keys ?? []), ...machine] } : check,
      ),
    })),
  };
}

const INSIDE = { machine: [equals(TAG, "prod")] };

function time(operator: string, instant: string): KeyConstraint {
  return { operator, key: "aws:CurrentTime", values: [instant] };
}
const AFTER = [time("DateGreaterThanEquals", WINDOW.notAfter)];
const BEFORE = [time("DateLessThan", WINDOW.notBefore)];

function call(action: string, resource = "*", keys: readonly KeyConstraint[] = []): Question {
  return {
    name: action,
    scenarios: [{ name: action, checks: [{ name: "call", actions: [action], resources: [resource], keys }] }],
  };
}

const INSTANCE = "arn:{partition}:ec2:{region}:{account}:instance/{instance}";

function command(document: string, machine: readonly KeyConstraint[]): Question {
  return {
    name: "run a command",
    scenarios: [
      {
        name: "SendCommand",
        checks: [
          { name: "machine", actions: ["ssm:SendCommand"], resources: [INSTANCE], keys: machine },
          { name: "document", actions: ["ssm:SendCommand"], resources: [document] },
        ],
      },
    ],
  };
}

const own = (name: string): string => `arn:{partition}:ssm:{region}:{account}:document/${name}`;
const ofAws = (name: string): string => `arn:{partition}:ssm:{region}::document/${name}`;
const shell = sessionWithDocument({ own: [SHELL] });

const doors = SIDE_DOORS.filter(({ id }) => id !== "ssm:SendCommand");
const sendCommand = SIDE_DOORS.filter(({ id }) => id === "ssm:SendCommand");

/** What is asked: several questions are one row, which says yes where one of them does. */
const ROWS: readonly (readonly [what: string, questions: readonly Question[]])[] = [
  ["a shell, with the environment's document, on a machine with its tag", [where(shell, INSIDE)]],
  ["the same in another Region", [{ ...where(shell, INSIDE), place: { region: "us-east-1" } }]],
  [`the same before \`${WINDOW.notBefore}\``, [where(shell, { ...INSIDE, shared: BEFORE })]],
  [`the same from \`${WINDOW.notAfter}\` on`, [where(shell, { ...INSIDE, shared: AFTER })]],
  [
    "any session on a machine without the tag, or with another value",
    sessionOutsideTags({ Environment: ["prod"] }),
  ],
  [
    "a tunnel, with the environment's Port document",
    [where(sessionWithDocument({ own: [DATABASE] }), INSIDE)],
  ],
  [
    "a session with another document of the account",
    [sessionWithOtherOwnDocument([SHELL, DATABASE].map((name) => `arn:*:ssm:*:*:document/${name}`))],
  ],
  [
    "a session with a document of AWS's, such as `AWS-StartSSHSession`",
    [sessionWithDocument({ aws: ["AW{id}"] })],
  ],
  ["a session that names no document: the account's default", [withoutDocument()]],
  [
    "ending or resuming one's own session",
    ["ssm:TerminateSession", "ssm:ResumeSession"].map((action) => ownSession(action)),
  ],
  [
    "ending or resuming somebody else's",
    [sessionsOfOthers("ssm:TerminateSession"), sessionsOfOthers("ssm:ResumeSession")],
  ],
  ["a named command document on a machine with the tag", [command(own(RESTART), [equals(TAG, "prod")])]],
  [
    "any command on a machine without it",
    sendCommand.flatMap((door) => sideDoorOutsideTags(door, { Environment: ["prod"] })),
  ],
  ["`AWS-RunShellScript`", [command(ofAws("AWS-RunShellScript"), [])]],
  [
    "SSH keys, Instance Connect, the serial console, GUI Connect, associations, automations",
    doors.map((door) => sideDoorOpen(door)),
  ],
  ["listing sessions", [call("ssm:DescribeSessions")]],
  ["reading the trail of who started what", [call("cloudtrail:LookupEvents")]],
];

function withoutDocument(): Question {
  const question = anySession();
  return {
    ...question,
    name: "start a session without a document",
    scenarios: question.scenarios.filter(({ checks }) => checks.length === 1),
  };
}

function ownSession(action: string): Question {
  return {
    name: `${action} on one's own session`,
    scenarios: [
      {
        name: "own session",
        checks: [
          {
            name: "session",
            actions: [action],
            resources: ["arn:{partition}:ssm:{region}:{account}:session/{session}"],
            keys: [equals("ssm:resourceTag/aws:ssmmessages:session-id", "AROAEXAMPLE:jane")],
            sessionResource: true,
          },
        ],
        keys: [equals("aws:userid", "AROAEXAMPLE:jane")],
      },
    ],
  };
}

function isOpen(question: Question, policies: PolicySet): boolean {
  const answer = decide(question, policies);
  if (answer.kind === "undecided") {
    const reasons = answer.reasons.map(({ message }) => message).join("; ");
    throw new Error(`\`${question.name}\` is not decided: ${reasons}`);
  }
  return answer.kind === "witness";
}

function withCredentials(question: Question, credentials: readonly CredentialKind[]): Question {
  const scenarios = question.scenarios.map((scenario) => Object.assign({}, scenario, { credentials }));
  return { ...question, scenarios };
}

type Cell = "no" | "with MFA" | "yes";

function cell(questions: readonly Question[], policies: PolicySet): Cell {
  const open = (credentials: readonly CredentialKind[]): boolean =>
    questions.some((question) => isOpen(withCredentials(question, credentials), policies));
  return open(CREDENTIALS_WITHOUT_MFA) ? "yes" : open(WITH_MFA) ? "with MFA" : "no";
}

function read(text: string): ParsedDocument {
  const result = parsePolicyDocument(text, { kind: "identity" });
  if (result.kind !== "parsed") {
    throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  return result.document;
}

/** Which action is allowed under which profile: every cell is decided for all requests, not tried on one. */
export async function profileMatrix(): Promise<string> {
  const program = await runMocked(() =>
    Object.entries(PROFILES).map(([name, args]) => new SessionAccess(name.replace(" ", "-"), args)),
  );
  const policies = await Promise.all(
    program.result.map(async (access): Promise<PolicySet> => {
      const document = await valueOf(access.policyDocument);
      return { identity: [read(document)] };
    }),
  );
  return alignedTable(
    ["", ...Object.keys(PROFILES)],
    ROWS.map(([what, questions]) => [
      what,
      ...policies.map((held) =>
        cell(
          questions.map((question) => inTime(question)),
          held,
        ),
      ),
    ]),
  );
}

/** In the Region and within the window, where a row does not ask about them. */
function inTime(question: Question): Question {
  const asksTime = question.scenarios.some(({ keys = [] }) =>
    keys.some(({ key }) => key === "aws:CurrentTime"),
  );
  const shared = [time("DateGreaterThanEquals", WINDOW.notBefore), time("DateLessThan", WINDOW.notAfter)];
  return { place: { region: REGION }, ...where(question, { shared: asksTime ? [] : shared }) };
}

const ADMINISTRATOR = read(
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
);

const somebody = (name: string): Principal => ({
  kind: "role-session",
  id: `arn:aws:sts::111122223333:assumed-role/${name}/someone`,
  roleArn: `arn:aws:iam::111122223333:role/${name}`,
});

/** Which doors stay open to whom, all of them administrators, under the control policy. */
export function controlPolicyMatrix(): string {
  const control = sideDoorsServiceControlPolicy({
    exemptRoles: ["arn:aws:iam::*:role/break-glass"],
    commandRoles: ["arn:aws:iam::*:role/automation"],
    deploymentRoles: ["arn:aws:iam::*:role/deployment"],
  });
  const held: PolicySet = {
    identity: [ADMINISTRATOR],
    scps: [[ADMINISTRATOR], [ADMINISTRATOR, read(JSON.stringify(control))]],
  };
  const preferences = own("SSM-SessionManagerRunShell");
  const rows: readonly (readonly [string, Question])[] = [
    ["`ssm:StartSession` with a document of the account", shell],
    ["`ssm:StartSession` with `AWS-StartSSHSession`", sessionWithDocument({ aws: ["AWS-StartSSHSession"] })],
    ...[...SIDE_DOORS, ...CHANGE_DOORS].map((door) => [`\`${door.id}\``, sideDoorOpen(door)] as const),
    [
      "`ec2:RunInstances` with a key pair",
      call("ec2:RunInstances", "arn:{partition}:ec2:{region}:{account}:key-pair/{name}"),
    ],
    ["changing `SSM-SessionManagerRunShell`", call("ssm:UpdateDocument", preferences)],
    [
      "stopping the trail",
      call("cloudtrail:StopLogging", "arn:aws:cloudtrail:{region}:{account}:trail/{name}"),
    ],
    ["opening the serial console", call("ec2:EnableSerialConsoleAccess")],
    [
      "changing who may assume `automation`",
      call("iam:UpdateAssumeRolePolicy", "arn:aws:iam::111122223333:role/automation"),
    ],
  ];
  const people = ["administrator", "automation", "break-glass", "deployment"];
  return alignedTable(
    ["", "administrator", "command role", "exempt role", "deployment role"],
    rows.map(([what, question]) => [
      what,
      ...people.map((name) =>
        isOpen({ ...question, place: { partition: "aws" }, principal: somebody(name) }, held) ? "yes" : "no",
      ),
    ]),
  );
}

/** The page with its tables as they come out now. */
export async function accessPage(): Promise<string> {
  const page = readFileSync(ACCESS_PAGE, "utf8");
  return within(within(page, "profiles", await profileMatrix()), "control policy", controlPolicyMatrix());
}

function within(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: written by \`npm run docs\` -->`, `<!-- end of ${name} -->`];
  const [before, rest, ...more] = page.split(start);
  const [, after, ...further] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + further.length > 0) {
    throw new Error(`docs/access.md: expected \`${start}\` and \`${end}\` once each`);
  }
  return `${before}${start}\n\n${text}\n\n${end}${after}`;
}
