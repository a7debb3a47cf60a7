import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { wholeNumber } from "../../../components/core/checks.ts";
import { type Check, Problems, showValue } from "../../../components/core/problems.ts";
import { valueOf } from "../support/mocked-program.ts";
import { settled } from "../support/values.ts";

const days = wholeNumber(1, 3, "days");

describe("the problems of a component's arguments", () => {
  it("are thrown once, all of them, with the component, each path, value, expectation and remedy", () => {
    const problems = new Problems("SessionLogging `logs`");
    problems.check("retentionDays", 4, days);
    problems.add("bucket.name", undefined, { expected: "a name", remedy: "give one" });
    assert.throws(
      () => {
        problems.throwIfAny();
      },
      (error) => {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        assert.deepEqual(error.errors, [
          {
            propertyPath: "retentionDays",
            reason: "`4`, expected a whole number of days from 1 to 3; choose one in that range",
          },
          { propertyPath: "bucket.name", reason: "missing, expected a name; give one" },
        ]);
        assert.equal(
          error.message,
          [
            "SessionLogging `logs`: 2 arguments are wrong",
            "  - retentionDays: `4`, expected a whole number of days from 1 to 3; choose one in that range",
            "  - bucket.name: missing, expected a name; give one",
          ].join("\n"),
        );
        return true;
      },
    );
  });

  it("are not thrown where there are none", () => {
    const problems = new Problems("X `x`");
    problems.check("days", 3, days);
    problems.check("days", undefined, days);
    problems.throwIfAny();
    assert.deepEqual(problems.all, []);
  });

  it("show strings bare, numbers as they are, other values as JSON, and long ones cut", () => {
    assert.equal(showValue("a b"), "a b");
    assert.equal(showValue(Number.NaN), "NaN");
    assert.equal(showValue({ a: [1] }), '{"a":[1]}');
    assert.equal(showValue("x".repeat(130)), `${"x".repeat(120)}…`);
    assert.equal(showValue(undefined), undefined);
  });
});

describe("an argument that may be an output", () => {
  const even: Check<number> = (value) =>
    value % 2 === 0 ? undefined : { expected: "an even number", remedy: "add one" };

  it("is decided at once where it is plain", () => {
    const problems = new Problems("X `x`");
    assert.equal(problems.input("count", 3, even), 3);
    assert.deepEqual(
      problems.all.map(({ path }) => path),
      ["count"],
    );
  });

  it("passes through where it is known and right", async () => {
    const problems = new Problems("X `x`");
    assert.equal(await valueOf(pulumi.output(problems.input("count", pulumi.output(4), even))), 4);
    assert.equal(await valueOf(pulumi.output(problems.input("count", Promise.resolve(2), even))), 2);
    assert.deepEqual(problems.all, []);
  });

  it("fails as soon as a promise or an output turns out wrong, with the same text", async () => {
    const problems = new Problems("X `x`");
    const message = "X `x`: 1 argument is wrong\n  - count: `5`, expected an even number; add one";
    const late = problems.input("count", Promise.resolve(5), even);
    assert.ok(late instanceof Promise);
    await assert.rejects(late, { message });
    await assert.rejects(settled(problems.input("count", pulumi.output(5), even)), { message });
  });

  it("does not show a secret", async () => {
    const problems = new Problems("X `x`");
    await assert.rejects(settled(problems.input("count", pulumi.secret(5), even)), {
      message: "X `x`: 1 argument is wrong\n  - count: `[secret]`, expected an even number; add one",
    });
  });
});

describe("a component that is made of others", () => {
  it("takes over what is wrong with a part, under its own arguments' names, and leaves out what it knows", () => {
    const problems = new Problems("Whole `w`");
    const part = (): never => {
      const own = new Problems("Part `p`");
      own.add("size", 0, { expected: "more", remedy: "give more" });
      own.add("name", "x", { expected: "less", remedy: "give less" });
      own.throwIfAny();
      throw new Error("nothing was wrong");
    };
    assert.equal(
      problems.part(part, (path) => (path === "name" ? undefined : `part.${path}`)),
      undefined,
    );
    assert.deepEqual(problems.all, [
      { path: "part.size", shown: "0", expected: "more", remedy: "give more" },
    ]);
  });

  it("gets the plan of a part with which nothing is wrong, and any other error as it is", () => {
    const problems = new Problems("Whole `w`");
    assert.equal(
      problems.part(
        () => 1,
        (path) => path,
      ),
      1,
    );
    const error = new RangeError("elsewhere");
    assert.throws(
      () =>
        problems.part(
          () => {
            throw error;
          },
          (path) => path,
        ),
      error,
    );
    assert.deepEqual(problems.all, []);
  });
});
