import assert from "node:assert/strict";
import { transformed } from "../../../components/core/transform.ts";

interface Args {
  readonly size: number;
  readonly colour?: string;
}

const ARGS: Args = { size: 1 };

describe("a transform", () => {
  it("that is absent changes nothing", () => {
    assert.deepEqual(transformed<Args>(undefined, "child", ARGS, { protect: true }), [
      "child",
      { size: 1 },
      { protect: true },
    ]);
  });

  it("that is an object is laid over the arguments", () => {
    assert.deepEqual(transformed<Args>({ colour: "red" }, "child", ARGS, {}), [
      "child",
      { size: 1, colour: "red" },
      {},
    ]);
  });

  it("that is a function changes copies, and is told the name", () => {
    const opts = { protect: false };
    const result = transformed<Args>(
      (args, options, name) => {
        args.colour = name;
        options.protect = true;
      },
      "child",
      ARGS,
      opts,
    );
    assert.deepEqual(result, ["child", { size: 1, colour: "child" }, { protect: true }]);
    assert.deepEqual([ARGS, opts], [{ size: 1 }, { protect: false }]);
  });
});
