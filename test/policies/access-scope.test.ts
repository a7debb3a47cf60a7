import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { allow, deny, MFA, policy } from "@bastionless/policies/rules/examples/people.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { runRules, type Told } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const UNKNOWN = { unknown: true };
const START = "ssm:StartSession";
const OPEN = policy(allow(START, { Sid: "Sessions" }));
const GUARD = policy(
  deny("*", { Sid: "Mfa", Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }),
);

type Props = ExampleResource["props"];

function group(name: string): ExampleResource {
  return { type: "aws:iam/group:Group", name, props: { name } };
}

function user(name: string, props: Props = {}, from?: ExampleResource["from"]): ExampleResource {
  return {
    type: "aws:iam/user:User",
    name,
    props: { name, ...props },
    ...(from === undefined ? {} : { from }),
  };
}

function managed(name: string, document: string): ExampleResource {
  return { type: "aws:iam/policy:Policy", name, props: { name, policy: document } };
}

function inGroup(name: string, of: string, document: unknown): ExampleResource {
  return { type: "aws:iam/groupPolicy:GroupPolicy", name, props: { group: of, policy: document } };
}

function ofUser(name: string, of: string, document: unknown): ExampleResource {
  return { type: "aws:iam/userPolicy:UserPolicy", name, props: { user: of, policy: document } };
}

function attach(name: string, to: string, policyArn: unknown, from?: string): ExampleResource {
  return {
    type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    name,
    props: { user: to, policyArn },
    ...(from === undefined ? {} : { from: { policyArn: [from] } }),
  };
}

function member(of: string, ...users: readonly string[]): ExampleResource {
  return {
    type: "aws:iam/groupMembership:GroupMembership",
    name: `members-of-${of}`,
    props: { group: of, users },
  };
}

function mfa(resources: readonly ExampleResource[], config: RuleConfig = {}): readonly Told[] {
  const rules = RULES.filter(({ id }) => id === "session-access-requires-mfa");
  return runRules(rules, toStack(resources), { "session-access-requires-mfa": config });
}

function kinds(told: readonly Told[]): readonly string[] {
  return told.map(({ on, kind }) => `${on}: ${kind}`).toSorted();
}

/** What the rule says where each document must be safe alone, and where whole principals are asked. */
function both(
  resources: readonly ExampleResource[],
  config: RuleConfig = {},
): readonly (readonly string[])[] {
  return [kinds(mfa(resources, config)), kinds(mfa(resources, { ...config, scope: "principal" }))];
}

describe("the scope of rules about access", () => {
  it("is a switch of each of them, and each document's by default", () => {
    const rules = new Set(
      RULES.filter(({ configSchema }) => "scope" in configSchema.properties).map(({ id }) => id),
    );
    for (const id of [
      "no-unlogged-session-path",
      "own-sessions-only",
      "session-access-requires-mfa",
      "session-access-requires-tags",
      "session-documents-pinned",
      "side-doors-guarded",
    ]) {
      assert.ok(rules.has(id), id);
    }
    assert.deepEqual(kinds(mfa([managed("open", OPEN)])), ["open: violation"]);
    const [fault] = mfa([managed("open", OPEN)], { scope: "everybody" });
    assert.match(fault?.message ?? "", /`scope` is `"everybody"`: expected one of `document`, `principal`/);
  });

  it("counts a Deny in another policy of the same principal", () => {
    assert.deepEqual(both([inGroup("open", "people", OPEN), inGroup("guard", "people", GUARD)]), [
      ["open: violation"],
      [],
    ]);
  });

  it("counts a Deny of a managed policy, by its ARN before that is known", () => {
    const stack = [
      ofUser("open", "jo", OPEN),
      managed("guard", GUARD),
      attach("guarded", "jo", UNKNOWN, "guard"),
    ];
    assert.deepEqual(both(stack), [["open: violation"], []]);
  });

  it("does not count a Deny that covers too little", () => {
    const narrow = policy(deny("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }));
    assert.deepEqual(both([inGroup("open", "people", OPEN), inGroup("guard", "people", narrow)])[1], [
      "open: violation",
    ]);
  });

  it("gives users the Denies of their groups, and not groups those of their users", () => {
    const people = [group("people"), user("jo"), member("people", "jo")];
    assert.deepEqual(both([...people, ofUser("open", "jo", OPEN), inGroup("guard", "people", GUARD)])[1], []);
    // Somebody else may be put into the group.
    assert.deepEqual(both([...people, inGroup("open", "people", OPEN), ofUser("guard", "jo", GUARD)])[1], [
      "open: violation",
    ]);
  });

  it("counts what a user's group holds and cannot be read here", () => {
    const elsewhere: ExampleResource = {
      type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      name: "elsewhere",
      props: { group: "people", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
    };
    const stack = [
      group("people"),
      user("jo"),
      member("people", "jo"),
      ofUser("open", "jo", OPEN),
      elsewhere,
    ];
    assert.deepEqual(both(stack)[1], ["jo: undecided", "people: undecided"]);
  });

  it("asks each holder of a shared policy, and names the one that nothing guards", () => {
    const told = mfa(
      [
        managed("open", OPEN),
        attach("jo", "jo", UNKNOWN, "open"),
        attach("al", "al", UNKNOWN, "open"),
        ofUser("guard", "jo", GUARD),
      ],
      { scope: "principal" },
    );
    assert.deepEqual(kinds(told), ["al: violation"]);
    assert.match(told[0]?.message ?? "", /the user `al`/);
  });

  it("holds a document that nobody has to it alone", () => {
    assert.deepEqual(both([managed("open", OPEN), inGroup("guard", "people", GUARD)]), [
      ["open: violation"],
      ["open: violation"],
    ]);
  });

  it("holds a document to it alone while its holder is not known", () => {
    const stack = [
      {
        type: "aws:iam/userPolicy:UserPolicy",
        name: "open",
        props: { user: UNKNOWN, policy: OPEN },
      },
      ofUser("guard", "jo", GUARD),
    ];
    assert.deepEqual(both(stack)[1], ["open: violation"]);
  });

  it("leaves a witness undecided where a policy that cannot be read may deny it, and names that", () => {
    const elsewhere = "arn:aws:iam::123456789012:policy/elsewhere";
    const stack = [ofUser("open", "jo", OPEN), attach("elsewhere", "jo", elsewhere)];
    const told = mfa(stack, { scope: "principal" });
    assert.deepEqual(kinds(told), ["open: undecided"]);
    assert.match(told[0]?.message ?? "", /policy\/elsewhere/);
    assert.deepEqual(kinds(mfa(stack)), ["elsewhere: undecided", "open: violation"]);
  });

  it("leaves nothing undecided where a Deny that is known settles it", () => {
    const elsewhere = "arn:aws:iam::123456789012:policy/elsewhere";
    const stack = [
      ofUser("guard", "jo", GUARD),
      attach("elsewhere", "jo", elsewhere),
      ofUser("l", "jo", UNKNOWN),
    ];
    assert.deepEqual(both(stack), [["elsewhere: undecided", "l: undecided"], []]);
  });

  it("takes a trusted policy for one that allows nothing wrong, and may still deny", () => {
    const config = { trustedPolicies: ["arn:aws:iam::123456789012:policy/*"], scope: "principal" };
    const elsewhere = attach("elsewhere", "jo", "arn:aws:iam::123456789012:policy/elsewhere");
    assert.deepEqual(kinds(mfa([elsewhere], config)), []);
    assert.equal(mfa([elsewhere, ofUser("open", "jo", OPEN)], config)[0]?.kind, "undecided");
  });

  it("tells of a policy that cannot be read, where that is all that somebody has", () => {
    const elsewhere = attach("elsewhere", "jo", "arn:aws:iam::123456789012:policy/elsewhere");
    assert.deepEqual(both([elsewhere]), [["elsewhere: undecided"], ["elsewhere: undecided"]]);
    assert.deepEqual(both([attach("elsewhere", "jo", UNKNOWN)])[1], ["elsewhere: undecided"]);
  });

  it("tells of a policy that cannot be read while its holder is not known", () => {
    const elsewhere = {
      type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      name: "elsewhere",
      props: { user: UNKNOWN, policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
    };
    assert.deepEqual(both([elsewhere]), [["elsewhere: undecided"], ["elsewhere: undecided"]]);
  });

  it("exempts principals by their names", () => {
    assert.deepEqual(both([inGroup("open", "people", OPEN)], { exemptPrincipals: ["people"] }), [[], []]);
  });

  it("tells of a document that is no policy", () => {
    assert.deepEqual(both([ofUser("broken", "jo", "{")]), [["broken: undecided"], ["broken: undecided"]]);
  });
});

describe("permissions boundaries, where whole principals are asked", () => {
  const LIMIT = policy(allow("s3:*"));
  const STRICT = policy(allow("ssm:*", { Condition: MFA }), allow("s3:*"));
  const scoped = (...resources: readonly ExampleResource[]): readonly string[] =>
    kinds(mfa(resources, { scope: "principal" }));

  it("limit a user, by their ARN before that is known", () => {
    for (const limit of [LIMIT, STRICT]) {
      assert.deepEqual(
        scoped(
          managed("limit", limit),
          user("jo", { permissionsBoundary: UNKNOWN }, { permissionsBoundary: ["limit"] }),
          ofUser("open", "jo", OPEN),
        ),
        [],
      );
    }
  });

  it("limit nothing where they allow it", () => {
    assert.deepEqual(
      scoped(
        managed("limit", policy(allow("ssm:*", { Condition: MFA }))),
        managed("wide", policy(allow("ssm:*"))),
        user("jo", { permissionsBoundary: "arn:aws:iam::123456789012:policy/wide" }),
        ofUser("open", "jo", OPEN),
      ),
      // A boundary is a policy as well: attached to somebody, it would allow sessions itself.
      ["open: violation", "wide: violation"],
    );
  });

  it("limit a user by a policy that AWS publishes", () => {
    const boundary = (name: string) => ({ permissionsBoundary: `arn:aws:iam::aws:policy/${name}` });
    const open = ofUser("open", "jo", OPEN);
    assert.deepEqual(scoped(user("jo", boundary("ViewOnlyAccess")), open), []);
    assert.deepEqual(scoped(user("jo", boundary("PowerUserAccess")), open), ["open: violation"]);
    assert.equal(scoped(user("jo", boundary("NotYetPublished")), open)[0]?.split(": ")[1], "undecided");
  });

  it("leave it undecided where they cannot be read", () => {
    for (const permissionsBoundary of ["arn:aws:iam::123456789012:policy/elsewhere", UNKNOWN]) {
      const told = mfa([user("jo", { permissionsBoundary }), ofUser("open", "jo", OPEN)], {
        scope: "principal",
      });
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ["undecided"],
      );
    }
  });

  it("leave it undecided where they may be either of two", () => {
    assert.deepEqual(
      scoped(
        managed("limit", LIMIT),
        managed("strict", STRICT),
        user("jo", { permissionsBoundary: UNKNOWN }, { permissionsBoundary: ["limit", "strict"] }),
        ofUser("open", "jo", OPEN),
      ),
      ["jo: undecided"],
    );
  });

  it("change nothing where each document must be safe alone", () => {
    const stack = [
      managed("limit", LIMIT),
      user("jo", { permissionsBoundary: "arn:aws:iam::123456789012:policy/limit" }),
      ofUser("open", "jo", OPEN),
    ];
    assert.deepEqual(both(stack), [["open: violation"], []]);
  });

  it("limit a permission set by an attachment of its own", () => {
    const set = {
      type: "aws:ssoadmin/permissionSet:PermissionSet",
      name: "set",
      props: { name: "set" },
    };
    const open = {
      type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
      name: "open",
      props: { permissionSetArn: UNKNOWN, inlinePolicy: OPEN },
      from: { permissionSetArn: ["set"] },
    };
    const boundary = {
      type: "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
      name: "boundary",
      props: {
        permissionSetArn: UNKNOWN,
        permissionsBoundary: { customerManagedPolicyReference: { name: "limit" } },
      },
      from: { permissionSetArn: ["set"] },
    };
    assert.deepEqual(scoped(set, open, managed("limit", LIMIT), boundary), []);
    const other = { ...boundary, from: { permissionSetArn: ["other"] } };
    assert.deepEqual(scoped(set, { ...set, name: "other" }, open, managed("limit", LIMIT), other), [
      "open: violation",
    ]);
    assert.deepEqual(scoped(set, open, managed("limit", LIMIT)), ["open: violation"]);
  });
});

describe("roles, where whole principals are asked", () => {
  function role(condition: object, document = OPEN): ExampleResource {
    return {
      type: "aws:iam/role:Role",
      name: "operator",
      props: {
        name: "operator",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: {
            Sid: "People",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::123456789012:root" },
            Action: "sts:AssumeRole",
            Condition: condition,
          },
        }),
        inlinePolicies: [{ name: "open", policy: document }],
      },
    };
  }

  it("may leave MFA to their trust policies", () => {
    assert.deepEqual(both([role(MFA)]), [[], []]);
    assert.deepEqual(both([role({})]), [["operator: violation"], ["operator: violation"]]);
  });

  it("hold no long-term keys, whatever a document allows to these", () => {
    const longTerm = policy(allow(START, { Condition: { Null: { "aws:TokenIssueTime": "true" } } }));
    assert.deepEqual(both([role({}, longTerm)]), [[], []]);
  });

  it("may leave it to a Deny beside, which their sessions meet", () => {
    const guard = {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "guard",
      props: { role: "operator", policy: GUARD },
    };
    assert.deepEqual(both([role({}), guard]), [["operator: violation"], []]);
  });
});
