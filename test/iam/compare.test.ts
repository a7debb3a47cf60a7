import assert from "node:assert/strict";
import { type Answer, compare, evaluate, type PolicySet, type Statement } from "@bastionless/iam";
import { allow, deny, document, MFA, named } from "./support/documents.ts";

function more(candidate: readonly Statement[], reference: readonly Statement[]): Answer {
  return compare({ identity: [document(...candidate)] }, { identity: [document(...reference)] });
}

describe("comparing documents", () => {
  const cases: readonly (readonly [
    name: string,
    candidate: readonly Statement[],
    reference: readonly Statement[],
    kind: Answer["kind"],
  ])[] = [
    [
      "a wildcard that takes more actions",
      [allow(undefined, { Action: "ssm:*" })],
      [allow(undefined, { Action: "ssm:Start*" })],
      "witness",
    ],
    [
      "a wildcard that takes fewer actions",
      [allow(undefined, { Action: "ssm:Start*" })],
      [allow(undefined, { Action: "ssm:*" })],
      "none",
    ],
    [
      "two halves of all addresses",
      [allow()],
      [allow({ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1", "::/0"] } })],
      "witness",
    ],
    ["one condition less", [allow()], [allow({ Bool: { [MFA]: "true" } })], "witness"],
    ["one condition more", [allow({ Bool: { [MFA]: "true" } })], [allow()], "none"],
    [
      "a Deny that is gone",
      [allow()],
      [allow(), deny({ StringEquals: { "aws:username": "eve" } })],
      "witness",
    ],
    [
      "the same, split into two statements",
      [allow(undefined, { Action: ["ssm:A", "ssm:B"] })],
      [allow(undefined, { Action: "ssm:A" }), allow(undefined, { Action: "ssm:B" })],
      "none",
    ],
    [
      "NotAction for the one action left out",
      [{ Effect: "Allow", NotAction: "ssm:A", Resource: "*" }],
      [allow(undefined, { Action: "*" })],
      "none",
    ],
    [
      "all actions for NotAction",
      [allow(undefined, { Action: "*" })],
      [{ Effect: "Allow", NotAction: "ssm:A", Resource: "*" }],
      "witness",
    ],
  ];
  for (const [name, candidate, reference, kind] of cases) {
    it(`${name}: ${kind}`, () => {
      const found = more(candidate, reference);
      assert.equal(found.kind, kind);
      if (found.kind === "witness") {
        const [check] = found.checks;
        assert.ok(check);
        assert.equal(evaluate(check.request, { identity: [document(...candidate)] }).decision, "allowed");
        assert.notEqual(evaluate(check.request, { identity: [document(...reference)] }).decision, "allowed");
      }
    });
  }

  it("counts on neither reading of a star beyond a colon", () => {
    const exact = [allow(undefined, { Resource: "arn:aws:x:us:east:1:a" })];
    const star = [allow(undefined, { Resource: "arn:aws:x:u*t:1:a" })];
    const starDenied = [allow(), deny(undefined, { Resource: "arn:aws:x:u*t:1:a" })];
    const exactDenied = [allow(), deny(undefined, { Resource: "arn:aws:x:us:east:1:a" })];
    // Segmented, the star does not reach the resource; crossing, it does.
    assert.equal(more(exact, star).kind, "witness");
    assert.equal(more(starDenied, exactDenied).kind, "witness");
    // What is the same text is the same in each reading.
    assert.equal(more(star, star).kind, "none");
    assert.equal(more(starDenied, starDenied).kind, "none");
    const read = (resourceColons: "crossing" | "segmented"): Answer["kind"] =>
      compare({ identity: [document(...exact)] }, { identity: [document(...star)] }, { resourceColons }).kind;
    assert.deepEqual([read("crossing"), read("segmented")], ["none", "witness"]);
  });

  it("takes a boundary of the reference for a way to refuse", () => {
    const all: PolicySet = { identity: [document(allow())] };
    const bounded: PolicySet = { ...all, boundary: [named("boundary", allow({ Bool: { [MFA]: "true" } }))] };
    assert.equal(compare(all, bounded).kind, "witness");
    assert.equal(compare(bounded, all).kind, "none");
  });

  it("is undecided where the reference is not known, and names it", () => {
    const unknown = { kind: "unknown", name: "later", reason: "not computed yet" } as const;
    const found = compare({ identity: [document(allow())] }, { identity: [unknown] });
    assert.deepEqual(found.kind === "undecided" && found.reasons.map(({ subject }) => subject), ["later"]);
    assert.equal(compare({ identity: [document(deny())] }, { identity: [unknown] }).kind, "none");
  });
});
