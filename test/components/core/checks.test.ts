import assert from "node:assert/strict";
import { arnOf, every, matching, oneOf, port, text, wholeNumber } from "../../../components/core/checks.ts";

const passes = <T>(check: (value: T) => unknown, values: readonly T[]): boolean[] =>
  values.map((value) => check(value) === undefined);

describe("checks", () => {
  it("of whole numbers admit the ends of the range and nothing beyond", () => {
    assert.deepEqual(passes(wholeNumber(7, 30, "days"), [6, 7, 30, 31, 7.5, Number.NaN, Infinity]), [
      false,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("of ports admit 1 to 65535", () => {
    assert.deepEqual(passes(port, [0, 1, 65_535, 65_536, 22.5]), [false, true, true, false, false]);
  });

  it("of lists admit what is on them", () => {
    assert.deepEqual(passes(oneOf<string>(["a", "b"]), ["a", "c"]), [true, false]);
  });

  it("of texts count characters", () => {
    assert.deepEqual(passes(text(3), ["", "abc", "abcd"]), [false, true, false]);
  });

  it("of ARNs admit one service in any partition", () => {
    const check = arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/x");
    assert.deepEqual(
      passes(check, [
        "arn:aws:kms:eu-west-1:111122223333:key/x",
        "arn:aws-cn:kms:cn-north-1:111122223333:key/x",
        "arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/x",
        "arn:aws:iam::111122223333:role/x",
        "arn:aws:kms:eu-west-1:1:key/x",
        "key/x",
      ]),
      [true, true, true, false, false, false],
    );
  });

  it("together report what the first of them finds", () => {
    const check = every<string>(matching(/^a/, "an a first"), matching(/z$/, "a z last"));
    assert.equal(check("az"), undefined);
    assert.equal(check("b")?.expected, "an a first");
    assert.equal(check("ab")?.expected, "a z last");
  });
});
