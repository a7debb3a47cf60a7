import assert from "node:assert/strict";
import fc from "fast-check";
import type { Alias, AliasSubject } from "@bastionless/offline/engine/aliases.ts";
import { possibleUrns } from "@bastionless/offline/engine/aliases.ts";
import {
  isTypeToken,
  isUrn,
  makeUrn,
  nameOf,
  packageOf,
  qualifiedTypeOf,
  typeOf,
} from "@bastionless/offline/engine/urn.ts";

const GROUP = "urn:pulumi:dev::p::my:index:Group::web";

function subject(aliases: readonly Alias[], change: Partial<AliasSubject> = {}): AliasSubject {
  return { stack: "dev", project: "p", name: "web-db", type: "a:b:Db", parent: GROUP, aliases, ...change };
}

function spec(change: Partial<Exclude<Alias, { readonly urn: string }>>): Alias {
  return { name: "", type: "", stack: "", project: "", parent: "", noParent: false, ...change };
}

describe("URNs", () => {
  it("carry the types of the parents, but not the stack's", () => {
    const stack = makeUrn("dev", "p", "", "pulumi:pulumi:Stack", "p-dev");
    assert.equal(makeUrn("dev", "p", stack, "a:b:C", "n"), "urn:pulumi:dev::p::a:b:C::n");
    assert.equal(makeUrn("dev", "p", GROUP, "a:b:C", "n"), "urn:pulumi:dev::p::my:index:Group$a:b:C::n");
  });

  it("are taken apart again", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const urn = makeUrn("dev", "p", GROUP, "a:b/c:C", name);
        assert.equal(nameOf(urn), name);
        assert.equal(typeOf(urn), "a:b/c:C");
        assert.equal(qualifiedTypeOf(urn), "my:index:Group$a:b/c:C");
        assert.ok(isUrn(urn));
      }),
    );
  });

  it("hold types of three parts, of a package", () => {
    assert.equal(packageOf("aws:ec2/vpc:Vpc"), "aws");
    assert.deepEqual(
      ["aws:ec2/vpc:Vpc", "aws:Vpc", ":a:b", "a:b:", "a:b:c:d"].map((token) => isTypeToken(token)),
      [true, false, false, false, false],
    );
  });
});

describe("aliases", () => {
  it("take from the resource what they do not say", () => {
    assert.deepEqual(
      possibleUrns(
        subject([
          spec({ name: "old" }),
          spec({ type: "a:b:OldDb" }),
          spec({ stack: "old", project: "older" }),
          spec({ noParent: true }),
          spec({ parent: "urn:pulumi:dev::p::my:index:Group::api" }),
          spec({ parent: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev" }),
          { urn: "urn:pulumi:x::y::z:z:Z::whole" },
        ]),
        [],
      ),
      [
        "urn:pulumi:dev::p::my:index:Group$a:b:Db::old",
        "urn:pulumi:dev::p::my:index:Group$a:b:OldDb::web-db",
        "urn:pulumi:old::older::my:index:Group$a:b:Db::web-db",
        "urn:pulumi:dev::p::a:b:Db::web-db",
        "urn:pulumi:dev::p::my:index:Group$a:b:Db::web-db",
        "urn:pulumi:x::y::z:z:Z::whole",
      ],
    );
  });

  it("follow a parent's old name, type and place", () => {
    const old = "urn:pulumi:dev::p::my:index:OldGroup::site";
    assert.deepEqual(possibleUrns(subject([]), [old]), [
      "urn:pulumi:dev::p::my:index:OldGroup$a:b:Db::site-db",
    ]);
    assert.deepEqual(possibleUrns(subject([], { name: "db" }), [old]), [
      "urn:pulumi:dev::p::my:index:OldGroup$a:b:Db::db",
    ]);
  });

  it("are none where nobody gives any, and never twice the same", () => {
    assert.deepEqual(possibleUrns(subject([]), []), []);
    const alias = fc
      .record({ name: fc.constantFrom("", "a", "b"), type: fc.constantFrom("", "a:b:C") })
      .map(spec);
    fc.assert(
      fc.property(fc.array(alias), fc.array(fc.constantFrom(GROUP, `${GROUP}2`)), (aliases, parents) => {
        const urns = possibleUrns(subject(aliases), parents);
        assert.equal(new Set(urns).size, urns.length);
      }),
    );
  });
});
