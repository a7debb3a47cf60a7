import assert from "node:assert/strict";
import fc from "fast-check";
import { distance, nearest } from "../../../components/core/nearest.ts";

const word = fc.string({ maxLength: 8 });

describe("the distance of two words", () => {
  it("counts letters added, left out, changed and swapped", () => {
    assert.deepEqual(
      [
        ["zones", "zones"],
        ["zone", "zones"],
        ["zoones", "zones"],
        ["zomes", "zones"],
        ["zoens", "zones"],
        ["", "zones"],
        ["egress", "zones"],
      ].map(([one = "", other = ""]) => distance(one, other)),
      [0, 1, 1, 1, 1, 5, 4],
    );
  });

  it("is none from a word to itself, the same there and back, and at most the longer of the two", () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        assert.equal(distance(one, one), 0);
        assert.equal(distance(one, other), distance(other, one));
        assert.ok(distance(one, other) <= Math.max(one.length, other.length));
        assert.ok(distance(one, other) >= Math.abs(one.length - other.length));
      }),
    );
  });

  it("is at most one after one change", () => {
    fc.assert(
      fc.property(word, fc.nat(8), fc.string({ maxLength: 1 }), (one, at, letter) => {
        assert.ok(distance(one, one.slice(0, at) + letter + one.slice(at)) <= 1);
        assert.ok(distance(one, one.slice(0, at) + letter + one.slice(at + 1)) <= 1);
      }),
    );
  });
});

describe("the name that a misspelt one was meant to be", () => {
  const known = ["zones", "cidrBlock", "vpcId", "subnetIds", "routeTableIds", "tags"];

  it("is the nearest, without regard to case, `_` and `-`", () => {
    assert.deepEqual(
      ["zonse", "cidr_block", "VpcID", "vpc-id", "subnetId", "routeTables", "tag"].map((name) =>
        nearest(name, known),
      ),
      ["zones", "cidrBlock", "vpcId", "vpcId", "subnetIds", "routeTableIds", "tags"],
    );
  });

  it("is none where none is near", () => {
    assert.equal(nearest("bastion", known), undefined);
    assert.equal(nearest("x", known), undefined);
    assert.equal(nearest("zones", []), undefined);
  });
});
