import assert from "node:assert/strict";
import { formatBlock, parseBlock } from "@bastionless/offline/awsx/cidr.ts";
import { checkNoGaps, checkNoOverlap } from "@bastionless/offline/awsx/layout-checks.ts";
import { gapsBetween } from "@bastionless/offline/awsx/resolved-layout.ts";
import fc from "fast-check";
import { disjoint, fill, rangeOf } from "./support/ranges.ts";

const subnets = (...cidrBlocks: string[]): { resourceName: string; cidrBlock: string }[] =>
  cidrBlocks.map((cidrBlock, index) => ({ resourceName: `s${index}`, cidrBlock }));

const blocks = fc
  .tuple(fc.nat({ max: 0xffff }), fc.integer({ min: 20, max: 28 }))
  .map(([at, mask]) => `10.0.${at >> 8}.${at & 0xff}/${mask}`);

describe("checks of a layout", () => {
  it("name every subnet that overlaps another, and no other", () => {
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 5 }), (cidrBlocks) => {
        const overlapping = cidrBlocks.filter((block, index) =>
          cidrBlocks.some((other, at) => at !== index && !disjoint(rangeOf(block), rangeOf(other))),
        );
        const named = messageOf(() => checkNoOverlap(subnets(...cidrBlocks)))
          ?.split("\n")
          .flatMap((line) => line.match(/: (\S+)$/)?.[1] ?? []);
        assert.deepEqual(named ?? [], overlapping);
      }),
    );
  });

  it("accept subnets that fill the VPC one after the other", () => {
    assert.doesNotThrow(() =>
      checkNoGaps("10.0.0.0/24", subnets("10.0.0.0/26", "10.0.0.64/26", "10.0.0.128/25")),
    );
  });

  it("name a gap at the start, between two subnets and at the end", () => {
    assert.equal(
      messageOf(() => checkNoGaps("10.0.0.0/24", subnets("10.0.0.64/27", "10.0.0.128/26"))),
      "There are gaps in the subnet ranges. Please fix the following gaps: " +
        "s0 (10.0.0.64/27) does not start at the beginning of the VPC (10.0.0.0/24), " +
        "s0 (10.0.0.64/27) <=> s1 (10.0.0.128/26), " +
        "s1 (ending 10.0.0.190) ends before VPC ends (at 10.0.0.254})",
    );
  });
});

describe("gaps between two blocks", () => {
  const gaps = (a: string, b: string): readonly string[] =>
    gapsBetween(parseBlock(a), parseBlock(b)).map((block) => formatBlock(block));

  it("are filled by blocks that grow as far as alignment lets them", () => {
    assert.deepEqual(gaps("10.0.0.0/26", "10.0.2.0/24"), ["10.0.0.64/26", "10.0.0.128/25", "10.0.1.0/24"]);
    assert.deepEqual(gaps("10.0.0.0/24", "10.0.1.0/24"), []);
    assert.deepEqual(gaps("10.0.0.128/25", "10.0.1.128/25"), ["10.0.1.0/25"]);
  });

  it("cover exactly what lies between, where the block after is at least as large as all before it", () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const [first, second] = [rangeOf(a), rangeOf(b)];
        const found = gaps(a, b).map(rangeOf);
        fc.pre(first.last < second.first && [first, ...found].every(({ mask }) => mask >= second.mask));
        assert.deepEqual(
          found.map(({ mask }) => mask),
          fill(first.last + 1n, second.first),
        );
      }),
    );
  });
});

function messageOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
