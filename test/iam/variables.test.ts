import assert from "node:assert/strict";
import {
  absent,
  type Answer,
  type ConditionBlock,
  decide,
  equals,
  type KeyConstraint,
  outside,
  present,
  type Question,
  type Statement,
} from "@bastionless/iam";
import { allow, deny, document } from "./support/documents.ts";

const MACHINE = "arn:{partition}:ec2:{region}:{account}:instance/{instance}";
const TEAM = "aws:PrincipalTag/Team";
const MACHINE_TEAM = "aws:ResourceTag/Team";

interface Asked {
  readonly keys?: readonly KeyConstraint[];
  readonly machine?: readonly KeyConstraint[];
  readonly resource?: string;
  readonly account?: string;
}

function ask(statements: readonly Statement[], asked: Asked = {}): Answer {
  const { keys = [], machine = [], resource = MACHINE, account } = asked;
  const question: Question = {
    name: "a session",
    scenarios: [
      {
        name: "a session",
        checks: [{ name: "machine", actions: ["ssm:StartSession"], resources: [resource], keys: machine }],
        keys,
      },
    ],
    ...(account === undefined ? {} : { place: { account } }),
  };
  return decide(question, { identity: [document(...statements)] });
}

/** The context of the witness; else the kind of answer. */
function found(
  statements: readonly Statement[],
  asked?: Asked,
): { readonly [key: string]: unknown } | string {
  const answer = ask(statements, asked);
  return answer.kind === "witness" ? (answer.checks[0]?.request.context ?? {}) : answer.kind;
}

function kind(statements: readonly Statement[], asked?: Asked): Answer["kind"] {
  return ask(statements, asked).kind;
}

const own = (operator: string, value = `\${${TEAM}}`): Statement =>
  allow({ [operator]: { "ssm:resourceTag/Team": value } });
const otherwise = (operator: string): Statement =>
  deny({ [operator]: { "ssm:resourceTag/Team": `\${${TEAM}}` } });

const OTHERS = { machine: [present(MACHINE_TEAM), outside(MACHINE_TEAM, `\${${TEAM}}`)] };

describe("a machine's tag that must be the principal's", () => {
  for (const operator of ["StringEquals", "StringLike"]) {
    it(`is proved by ${operator}: nobody of one team reaches another team's machine`, () => {
      const asked = (team: string): Asked => ({
        keys: [equals(TEAM, "a")],
        machine: [equals(MACHINE_TEAM, team)],
      });
      assert.equal(kind([own(operator)], asked("b")), "none");
      assert.equal(kind([own(operator)], asked("A")), "none");
      assert.equal(kind([own(operator)], asked("a")), "witness");
      assert.equal(kind([own(operator)], OTHERS), "none");
    });

    it(`takes no star of the principal's own tag for a wildcard under ${operator}`, () => {
      const asked = { keys: [equals(TEAM, "*")], machine: [equals(MACHINE_TEAM, "b")] };
      assert.equal(kind([own(operator)], asked), "none");
    });
  }

  it("is refuted where case is ignored, by two teams that differ in it alone", () => {
    const context = found([own("StringEqualsIgnoreCase")], OTHERS);
    assert.ok(typeof context === "object");
    const [machine, team] = [
      String(context["ssm:resourceTag/Team"]),
      String(context["aws:principaltag/team"]),
    ];
    assert.notEqual(machine, team);
    assert.equal(machine.toLowerCase(), team.toLowerCase());
    const far = { keys: [equals(TEAM, "a")], machine: [equals(MACHINE_TEAM, "b")] };
    assert.equal(kind([own("StringEqualsIgnoreCase")], far), "none");
  });

  it("ignoring case is narrowed by a Deny that does not, and widened by none that does", () => {
    const near = { machine: [present(MACHINE_TEAM)] };
    const same = deny({ StringEquals: { "ssm:resourceTag/Team": `\${${TEAM}}` } });
    const alike = deny({ StringEqualsIgnoreCase: { "ssm:resourceTag/Team": `\${${TEAM}}` } });
    assert.equal(kind([own("StringEqualsIgnoreCase"), same], near), "witness");
    assert.equal(kind([own("StringEqualsIgnoreCase"), alike], near), "none");
    // Where the value has no letters, there is no other case.
    const digits = { keys: [equals(TEAM, "1")] };
    assert.equal(kind([own("StringEqualsIgnoreCase"), same], digits), "none");
  });

  it("is found in other letters than the machine has, where case is ignored and the principal's is bound", () => {
    const bound = {
      StringEqualsIgnoreCase: { "ssm:resourceTag/Team": `\${${TEAM}}` },
      StringLike: { [TEAM]: "a?c" },
    };
    const context = found([allow(bound)], { machine: [equals(MACHINE_TEAM, "ABC")] });
    assert.equal(typeof context === "object" && context["aws:principaltag/team"], "abc");
  });

  it("is nobody's where the principal has none, and the Allow gives nothing", () => {
    assert.equal(kind([own("StringEquals")], { keys: [absent(TEAM)] }), "none");
    assert.equal(kind([own("StringEqualsIfExists")], { keys: [absent(TEAM)] }), "witness");
    const tagged = { keys: [absent(TEAM)], machine: [present(MACHINE_TEAM)] };
    assert.equal(kind([own("StringEqualsIfExists")], tagged), "none");
  });

  it("is enforced by a Deny with a negated operator, for machines and principals without a tag, too", () => {
    assert.equal(kind([allow(), otherwise("StringNotEquals")], OTHERS), "none");
    assert.equal(kind([allow(), otherwise("StringNotEquals")], { machine: [absent(MACHINE_TEAM)] }), "none");
    assert.equal(kind([allow(), otherwise("StringNotEquals")], { keys: [absent(TEAM)] }), "none");
    assert.equal(kind([allow(), otherwise("StringNotEquals")]), "witness");
  });

  it("is not enforced by a Deny of the tag's own value", () => {
    assert.equal(kind([allow(), otherwise("StringEquals")], OTHERS), "witness");
    assert.equal(kind([allow(), otherwise("StringEquals")], { keys: [equals(TEAM, "a")] }), "witness");
  });

  it("may have parts around it, which are not mistaken for it", () => {
    const within = own("StringLike", `*-\${${TEAM}}-*`);
    const asked = (team: string, machine: string): Asked => ({
      keys: [equals(TEAM, team)],
      machine: [equals(MACHINE_TEAM, machine)],
    });
    assert.equal(kind([within], asked("b", "a-b-c")), "witness");
    assert.equal(kind([within], asked("b", "a-c-b")), "none");
    // The team is one of those between two hyphens.
    const context = found([within], { machine: [equals(MACHINE_TEAM, "1-2-3")] });
    assert.equal(typeof context === "object" && context["aws:principaltag/team"], "2");
  });

  it("may be made of several tags, each in its place", () => {
    const both = own("StringEquals", "${aws:PrincipalTag/Team}-${aws:PrincipalTag/Stage}");
    const asked = (stage: string): Asked => ({
      keys: [equals(TEAM, "a"), equals("aws:PrincipalTag/Stage", stage)],
      machine: [equals(MACHINE_TEAM, "a-prod")],
    });
    assert.equal(kind([both], asked("dev")), "none");
    assert.equal(kind([both], asked("prod")), "witness");
  });

  it("cannot be the value and longer than it, nor made of other letters", () => {
    const longer = { StringEquals: { "ssm:resourceTag/Team": `\${${TEAM}}` } };
    const both = (value: string): Answer["kind"] =>
      kind([allow({ ...longer, StringLike: { "ssm:resourceTag/Team": value } })]);
    assert.equal(both(`\${${TEAM}}-*`), "none");
    assert.equal(both(`?\${${TEAM}}`), "none");
    assert.equal(both(`*\${${TEAM}}*`), "witness");
    const turned = allow({
      StringEquals: { "ssm:resourceTag/Team": `a\${${TEAM}}` },
      StringLike: { "ssm:resourceTag/Team": `\${${TEAM}}b` },
    });
    assert.equal(kind([turned]), "none");
  });
});

describe("a default of a policy variable", () => {
  const shared = own("StringEquals", "${aws:PrincipalTag/Team, 'shared'}");
  const machine = (team: string): readonly KeyConstraint[] => [equals(MACHINE_TEAM, team)];

  it("stands for a tag that the principal has not, and for no other", () => {
    const untagged = [absent(TEAM)];
    assert.equal(kind([shared], { keys: untagged, machine: machine("shared") }), "witness");
    assert.equal(kind([shared], { keys: untagged, machine: machine("b") }), "none");
    const tagged = [equals(TEAM, "a")];
    assert.equal(kind([shared], { keys: tagged, machine: machine("shared") }), "none");
    assert.equal(kind([shared], { keys: tagged, machine: machine("a") }), "witness");
  });

  it("is come back to where every tag is refused", () => {
    const either = { machine: [equals(MACHINE_TEAM, "a", "shared")] };
    assert.equal(kind([shared, deny({ Null: { [TEAM]: false } })], either), "witness");
    assert.equal(kind([shared, deny({ Null: { [TEAM]: false } })], { machine: machine("a") }), "none");
  });
});

describe("a variable in a resource", () => {
  const sessions = (variable: string): Statement =>
    allow(undefined, { Resource: `arn:aws:ssm:*:*:session/\${${variable}}-*` });
  const session = (owner: string): string => `arn:{partition}:ssm:{region}:{account}:session/${owner}-{id}`;

  it("`aws:username` is one user's own, and no role's", () => {
    const asked = (name: string): Asked => ({
      keys: [equals("aws:username", "alice")],
      resource: session(name),
    });
    assert.equal(kind([sessions("aws:username")], asked("bob")), "none");
    assert.equal(kind([sessions("aws:username")], asked("alice")), "witness");
    const role = { keys: [absent("aws:username")], resource: session("alice") };
    assert.equal(kind([sessions("aws:username")], role), "none");
  });

  it("`aws:userid` is of the shape that its kind of credentials has", () => {
    const user = { keys: [equals("aws:PrincipalType", "User")] };
    const role = { keys: [equals("aws:PrincipalType", "AssumedRole")] };
    assert.equal(kind([sessions("aws:userid")], { ...user, resource: session("AIDAX") }), "witness");
    assert.equal(kind([sessions("aws:userid")], { ...user, resource: session("AROAX:bob") }), "none");
    assert.equal(kind([sessions("aws:userid")], { ...role, resource: session("AROAX:bob") }), "witness");
    assert.equal(kind([sessions("aws:userid")], { ...role, resource: session("AROAX") }), "none");
  });

  it("`aws:PrincipalAccount` leaves other accounts' machines out", () => {
    const mine = allow(undefined, { Resource: "arn:aws:ec2:*:${aws:PrincipalAccount}:instance/*" });
    const in999 = MACHINE.replace("{account}", "999988887777");
    assert.equal(kind([mine], { account: "111122223333", resource: in999 }), "none");
    assert.equal(kind([mine], { account: "999988887777", resource: in999 }), "witness");
    assert.equal(kind([mine], { account: "111122223333" }), "witness");
  });

  it("with a wildcard of its own reaches no further than one with the value in its place", () => {
    const named = allow(undefined, { Resource: `arn:aws:ec2:*:*:instance/i-\${${TEAM}}*` });
    const but = (resource: string): Asked => ({
      keys: [equals(TEAM, "0a")],
      resource: MACHINE.replace("{instance}", resource),
    });
    assert.equal(kind([named], but("i-0a1")), "witness");
    assert.equal(kind([named], but("i-1")), "none");
  });

  it("in a Deny leaves something over, unless the value is all there is", () => {
    const but = deny(undefined, { Resource: `arn:aws:ec2:*:*:instance/*\${${TEAM}}*` });
    assert.equal(kind([allow(), but]), "witness");
    assert.equal(kind([allow(), but], { keys: [equals(TEAM, "i-")] }), "none");
    assert.equal(kind([allow(), but], { keys: [equals(TEAM, "")] }), "none");
  });
});

describe("a key of several values in a policy variable", () => {
  const keys = "aws:TagKeys";
  const named: ConditionBlock = { StringEquals: { "ssm:resourceTag/Team": `\${${keys}}` } };
  const several = {
    "ForAnyValue:StringEquals": { [keys]: "a" },
    "ForAnyValue:StringEqualsIfExists": { [keys]: "b" },
  };

  it("stands for its one value, and for nothing where it has more", () => {
    assert.equal(kind([allow(named)]), "witness");
    assert.equal(kind([allow({ ...named, ...several })]), "none");
    assert.equal(kind([allow(), deny(named), deny({ Null: { [keys]: true } })], OTHERS_OF_KEYS), "witness");
    assert.equal(kind([allow(several), deny({ StringNotEquals: named["StringEquals"] ?? {} })]), "none");
  });
});

const OTHERS_OF_KEYS: Asked = { machine: [equals(MACHINE_TEAM, "a")] };

describe("a variable's own key compared with the variable", () => {
  const self = (operator: string, value: string): Answer["kind"] =>
    kind([allow({ [operator]: { [TEAM]: value }, Null: { [TEAM]: false } })]);

  it("is equal to itself, and to nothing that has more", () => {
    assert.equal(self("StringEquals", `\${${TEAM}}`), "witness");
    assert.equal(self("StringNotEquals", `\${${TEAM}}`), "none");
    assert.equal(self("StringLike", `*\${${TEAM}}*`), "witness");
    assert.equal(self("StringNotLike", `*\${${TEAM}}`), "none");
    assert.equal(self("StringLike", `?\${${TEAM}}`), "none");
    assert.equal(self("StringNotLike", `?\${${TEAM}}`), "witness");
  });
});

describe("a variable that may be all of an ARN", () => {
  const source = "aws:SourceArn";
  const arn = "arn:aws:iam::111122223333:role/x";

  it("is compared where it is one, and undecided where it is half of one", () => {
    const like = allow({ ArnLike: { [source]: `\${${TEAM}}` } });
    const asked = (team: string): Asked => ({ keys: [equals(TEAM, team), equals(source, arn)] });
    assert.equal(kind([like], asked(arn)), "witness");
    assert.equal(kind([like], asked("arn:aws:iam")), "undecided");
    assert.equal(kind([like], asked(`${arn}y`)), "none");
  });
});
