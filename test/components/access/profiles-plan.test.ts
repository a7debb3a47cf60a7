import assert from "node:assert/strict";
import type { SessionAccessArgs } from "../../../components/access/args.ts";
import { planSessionAccess } from "../../../components/access/plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const SHELL = { documentName: "shop-dev-shell", sessionType: "Standard_Stream" } as const;
const TAGS = { Environment: "dev" };
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";
const ROLE = { trustedPrincipals: ["arn:aws:iam::111122223333:root"] };
const WEEK = { notBefore: "2026-03-02T08:00:00Z", notAfter: "2026-03-09T08:00:00Z" };

const OPERATOR = { profile: "operator", documents: [SHELL], instanceTags: TAGS } as const;
const ON_CALL = { ...OPERATOR, profile: "on-call", window: WEEK } as const;
const BREAK_GLASS = {
  ...OPERATOR,
  profile: "break-glass",
  role: ROLE,
  alarm: { topicArn: TOPIC },
} as const;
const COMMAND = {
  profile: "command",
  commandDocuments: [{ documentName: "shop-dev-restart" }],
  instanceTags: TAGS,
} as const;

const paths = (args: object): readonly string[] =>
  problemPaths(() => planSessionAccess("people", { ...OPERATOR, ...args }, DEPLOYMENT));

const planned = (args: SessionAccessArgs): ReturnType<typeof planSessionAccess> =>
  planSessionAccess("people", args, DEPLOYMENT);

type Case = readonly [what: string, args: object, expected: readonly string[]];

function table(cases: readonly Case[]): void {
  for (const [what, args, expected] of cases) {
    it(expected.length === 0 ? `is taken with ${what}` : `is refused with ${what}`, () => {
      assert.deepEqual(paths(args), expected);
    });
  }
}

const window = (notBefore: string, notAfter: string): object => ({
  ...ON_CALL,
  window: { notBefore, notAfter },
});

describe("the plan of an access on call", () => {
  table([
    ["a week", ON_CALL, []],
    ["no window", { ...ON_CALL, window: undefined }, ["window"]],
    ["a second", window("2026-03-02T08:00:00Z", "2026-03-02T08:00:01Z"), []],
    ["no time at all", window(WEEK.notBefore, WEEK.notBefore), ["window.notAfter"]],
    ["its ends exchanged", window(WEEK.notAfter, WEEK.notBefore), ["window.notAfter"]],
    ["31 days", window("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"), []],
    ["31 days and a second", window("2026-03-01T00:00:00Z", "2026-04-01T00:00:01Z"), ["window.notAfter"]],
    ["a leap day", window("2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"), []],
    ["a day that is not there", window("2026-02-29T00:00:00Z", WEEK.notAfter), ["window.notBefore"]],
    ["an hour that is not there", window(WEEK.notBefore, "2026-03-02T24:00:00Z"), ["window.notAfter"]],
    ["another zone than UTC", window("2026-03-02T08:00:00+01:00", WEEK.notAfter), ["window.notBefore"]],
    ["a date without a time", window("2026-03-02", "2026-03-03"), ["window.notBefore", "window.notAfter"]],
    ["no date", window("monday", ""), ["window.notBefore", "window.notAfter"]],
  ]);

  it("may be any other profile's window too, of any length", () => {
    const long = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z" };
    assert.deepEqual(paths({ window: long }), []);
    assert.deepEqual(planned({ profile: "auditor", window: long }).window, long);
  });
});

const addresses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `p${index}@example.org`);

describe("the plan of a break-glass access", () => {
  table([
    ["a role and an alarm", BREAK_GLASS, []],
    ["no alarm", { ...BREAK_GLASS, alarm: undefined }, ["alarm"]],
    ["no role", { ...BREAK_GLASS, role: undefined }, ["role"]],
    ["neither", { ...BREAK_GLASS, role: undefined, alarm: undefined }, ["alarm", "role"]],
    ["a topic that is none", { ...BREAK_GLASS, alarm: { topicArn: "alarms" } }, ["alarm.topicArn"]],
    [
      "a queue for a topic",
      { ...BREAK_GLASS, alarm: { topicArn: "arn:aws:sqs:eu-west-1:111122223333:alarms" } },
      ["alarm.topicArn"],
    ],
    [
      "a topic in China",
      { ...BREAK_GLASS, alarm: { topicArn: "arn:aws-cn:sns:cn-north-1:111122223333:alarms" } },
      [],
    ],
    ["an address", { ...BREAK_GLASS, alarm: { emails: ["on-call@example.org"] } }, []],
    ["neither topic nor address", { ...BREAK_GLASS, alarm: {} }, ["alarm.emails"]],
    ["no addresses", { ...BREAK_GLASS, alarm: { emails: [] } }, ["alarm.emails"]],
    ["ten addresses", { ...BREAK_GLASS, alarm: { emails: addresses(10) } }, []],
    ["eleven addresses", { ...BREAK_GLASS, alarm: { emails: addresses(11) } }, ["alarm.emails"]],
    ["an address twice", { ...BREAK_GLASS, alarm: { emails: ["a@b.ch", "a@b.ch"] } }, ["alarm.emails"]],
    ["what is no address", { ...BREAK_GLASS, alarm: { emails: ["on-call"] } }, ["alarm.emails[0]"]],
    [
      "a topic and addresses for another",
      { ...BREAK_GLASS, alarm: { topicArn: TOPIC, emails: ["a@b.ch"] } },
      ["alarm.emails"],
    ],
    ["an hour", { ...BREAK_GLASS, role: { ...ROLE, maxSessionMinutes: 60 } }, []],
    [
      "more than an hour",
      { ...BREAK_GLASS, role: { ...ROLE, maxSessionMinutes: 61 } },
      ["role.maxSessionMinutes"],
    ],
    [
      "less than an hour",
      { ...BREAK_GLASS, role: { ...ROLE, maxSessionMinutes: 59 } },
      ["role.maxSessionMinutes"],
    ],
    ["groups", { ...BREAK_GLASS, groups: ["sre"] }, ["groups"]],
    ["users", { ...BREAK_GLASS, users: ["jane"] }, ["users"]],
    ["any machine", { ...BREAK_GLASS, instanceTags: undefined, anyInstance: true }, []],
    ["no machine", { ...BREAK_GLASS, instanceTags: undefined }, ["instanceTags"]],
    ["any machine and tags", { ...BREAK_GLASS, anyInstance: true }, ["anyInstance"]],
    [
      "any machine and shared tags",
      { ...BREAK_GLASS, instanceTags: undefined, matchPrincipalTags: ["Team"], anyInstance: true },
      ["anyInstance"],
    ],
    ["federated sign-in", { ...BREAK_GLASS, mfa: "federated" }, []],
  ]);

  it("is what alarms and any machine are for", () => {
    assert.deepEqual(paths({ alarm: { topicArn: TOPIC } }), ["alarm"]);
    assert.deepEqual(paths({ anyInstance: true }), ["anyInstance"]);
    assert.deepEqual(paths({ anyInstance: false }), []);
  });

  it("has a topic of its own for addresses, and the one that is given otherwise", () => {
    assert.deepEqual(planned(BREAK_GLASS).alarm?.topic, { kind: "given", arn: TOPIC });
    assert.deepEqual(planned({ ...BREAK_GLASS, alarm: { emails: ["a@b.ch"] } }).alarm?.topic, {
      kind: "own",
      name: "shop-dev-people-used",
      aliasName: "alias/shop-dev-people-used",
      emails: ["a@b.ch"],
    });
  });

  it("has a rule with a name that EventBridge takes", () => {
    assert.equal(planned(BREAK_GLASS).alarm?.ruleName, "shop-dev-people-used");
    const named = (name: string): readonly string[] =>
      problemPaths(() => planSessionAccess(name, BREAK_GLASS, DEPLOYMENT));
    // `shop-dev-` and `-used` leave 50 of 64 characters.
    assert.deepEqual(named("n".repeat(50)), []);
    assert.deepEqual(named("n".repeat(51)), ["name"]);
  });
});

describe("the plan of an access to commands", () => {
  const command = (args: object): object => ({
    ...COMMAND,
    documents: undefined,
    ...args,
  });
  table([
    ["a document", command({}), []],
    [
      "AWS's own alone",
      command({ commandDocuments: [], awsCommandDocuments: ["AWS-RunPatchBaseline", "AWS-UpdateSSMAgent"] }),
      [],
    ],
    ["none", command({ commandDocuments: [] }), ["commandDocuments"]],
    ["session documents", command({ documents: [SHELL] }), ["documents"]],
    ["AWS's session documents", command({ awsDocuments: ["AWS-StartSSHSession"] }), ["awsDocuments"]],
    ["a shell", command({ awsCommandDocuments: ["AWS-RunShellScript"] }), ["awsCommandDocuments[0]"]],
    ...["AWS-RunShellScript", "*", "shop-*", "ab", "n".repeat(129), "arn:aws:ssm:::document/x", "a b"].map(
      (documentName): Case => [
        `the name \`${documentName.slice(0, 30)}\``,
        command({ commandDocuments: [{ documentName }] }),
        ["commandDocuments[0].documentName"],
      ],
    ),
    ["a long name", command({ commandDocuments: [{ documentName: "n".repeat(128) }] }), []],
    ["no tags", command({ instanceTags: undefined }), ["instanceTags"]],
  ]);

  it("is what Command documents are for", () => {
    const expected = ["commandDocuments", "awsCommandDocuments"];
    const given = {
      commandDocuments: COMMAND.commandDocuments,
      awsCommandDocuments: ["AWS-RunPatchBaseline"],
    };
    for (const profile of [OPERATOR, ON_CALL, BREAK_GLASS]) {
      assert.deepEqual(paths({ ...profile, ...given }), expected, profile.profile);
    }
  });
});

describe("the plan of an access by shared tags", () => {
  const shared = (keys: readonly string[], instanceTags?: object): object => ({
    matchPrincipalTags: keys,
    instanceTags,
  });
  table([
    ["one key and no other tag", shared(["Team"]), []],
    ["signs that tags may have", shared(["acme:team/web=a+b@c.d_e-f"]), []],
    ["128 characters", shared(["k".repeat(128)]), []],
    ["129 characters", shared(["k".repeat(129)]), ["matchPrincipalTags[0]"]],
    ["no characters", shared([""]), ["matchPrincipalTags[0]"]],
    ["a space", shared(["cost center"]), ["matchPrincipalTags[0]"]],
    ["a brace", shared(["a}b"]), ["matchPrincipalTags[0]"]],
    ["AWS's own prefix", shared(["AWS:x"]), ["matchPrincipalTags[0]"]],
    ["one key twice", shared(["Team", "team"]), ["matchPrincipalTags[1]"]],
    ["a key that is fixed besides", shared(["Team"], { team: "web" }), ["instanceTags"]],
    ["an empty list and no tag", shared([]), ["instanceTags"]],
    ["one fixed tag in two spellings", { instanceTags: { Team: "a", team: "a" } }, ["instanceTags"]],
  ]);

  it("is nothing for auditors", () => {
    assert.deepEqual(
      problemPaths(() => planned({ profile: "auditor", matchPrincipalTags: ["Team"] })),
      ["matchPrincipalTags"],
    );
  });
});

describe("the plan of users and of roles with tags", () => {
  const role = (args: object): object => ({ role: { ...ROLE, ...args } });
  table([
    ["users", { users: ["jane", "jo.doe@example.com"] }, []],
    ["a name of 64 characters", { users: ["u".repeat(64)] }, []],
    ["a name of 65 characters", { users: ["u".repeat(65)] }, ["users[0]"]],
    ["an ARN", { users: ["arn:aws:iam::111122223333:user/jane"] }, ["users[0]"]],
    ["users without policies", { users: ["jane"], createPolicies: false }, ["createPolicies"]],
    ["federated users", { users: ["jane"], mfa: "federated", role: ROLE }, ["users"]],
    ["a user to run as", role({ runAsUser: "deploy" }), []],
    ["a user of 32 characters to run as", role({ runAsUser: "u".repeat(32) }), []],
    ["a user of 33 characters to run as", role({ runAsUser: "u".repeat(33) }), ["role.runAsUser"]],
    ["root to run as", role({ runAsUser: "root" }), ["role.runAsUser"]],
    ["a user with a digit first", role({ runAsUser: "1st" }), ["role.runAsUser"]],
    ["no name to run as", role({ runAsUser: "" }), ["role.runAsUser"]],
    ["tags of the role", role({ principalTags: { Team: "web", "cost center": "" } }), []],
    ["AWS's own prefix", role({ principalTags: { "aws:x": "y" } }), ['role.principalTags["aws:x"]']],
    ["a tag of every resource, as it is spelled", role({ principalTags: { Project: "web" } }), []],
    [
      "a tag of every resource, spelled otherwise",
      role({ principalTags: { project: "web" } }),
      ['role.principalTags["project"]'],
    ],
    ["a wildcard", role({ principalTags: { Team: "*" } }), ['role.principalTags["Team"]']],
    ["a value too long", role({ principalTags: { Team: "v".repeat(257) } }), ['role.principalTags["Team"]']],
    [
      "the tag of run-as among them",
      role({ principalTags: { ssmSessionRunAs: "x" } }),
      ['role.principalTags["ssmSessionRunAs"]'],
    ],
    [
      "eleven tags",
      role({
        principalTags: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, ""])),
      }),
      ["role.principalTags"],
    ],
  ]);

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        profile: "on-call",
        window: { notBefore: "x", notAfter: "y" },
        users: ["/"],
        alarm: { topicArn: "x" },
        documents: [],
        awsCommandDocuments: ["AWS-RunShellScript"],
        matchPrincipalTags: ["a b"],
        instanceTags: {},
        anyInstance: true,
        regions: ["x"],
        role: { trustedPrincipals: [], runAsUser: "root" },
      }),
      [
        "users[0]",
        "alarm",
        "alarm.topicArn",
        "documents",
        "awsCommandDocuments",
        "awsCommandDocuments[0]",
        "anyInstance",
        "matchPrincipalTags[0]",
        "instanceTags",
        "window.notBefore",
        "window.notAfter",
        "regions[0]",
        "role.runAsUser",
        "role.trustedPrincipals",
      ],
    );
  });
});
