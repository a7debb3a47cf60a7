import assert from "node:assert/strict";
import { parseArguments } from "@bastionless/offline/cli/arguments.ts";
import { InputError } from "@bastionless/offline/project/input-error.ts";

describe("the command line", () => {
  it("previews every stack of the folder it stands in when nothing else is said", () => {
    assert.deepEqual(parseArguments(["preview"], "/here"), {
      kind: "preview",
      stacks: [],
      cwds: ["/here"],
      policyPacks: [],
      policyPackConfigs: [],
      mode: "resolved",
      answers: undefined,
      strict: false,
      exportFile: undefined,
      diffFile: undefined,
      json: false,
    });
  });

  it("takes every option, paths from the folder it stands in", () => {
    const args = [
      "preview --stack dev --stack prod --stack dev --cwd examples/x --cwd examples/!(bad-*) --policy-pack a --policy-pack /b",
      "--policy-pack-config a.json --mode preview --answers answers.yaml --strict --export out/{stack}.json",
      "--diff ../old.json --json",
    ];
    assert.deepEqual(parseArguments(args.join(" ").split(" "), "/here"), {
      kind: "preview",
      stacks: ["dev", "prod"],
      cwds: ["/here/examples/x", "/here/examples/!(bad-*)"],
      policyPacks: ["/here/a", "/b"],
      policyPackConfigs: ["/here/a.json"],
      mode: "preview",
      answers: "/here/answers.yaml",
      strict: true,
      exportFile: "/here/out/{stack}.json",
      diffFile: "/old.json",
      json: true,
    });
  });

  it("lets a later --no-strict take --strict back, as `npm run preview -- --no-strict` does", () => {
    const parsed = parseArguments(["preview", "--strict", "--no-strict"], "/here");
    assert.equal(parsed.kind === "preview" && parsed.strict, false);
  });

  it("shows its usage for --help, whatever else is said", () => {
    assert.deepEqual(parseArguments(["--help", "--nonsense"], "/here"), { kind: "help" });
  });

  it("is refused with every mistake at once", () => {
    const args = ["prevue", "extra", "--stak", "dev", "--mode", "dry", "--json=yes", "--answers", "--strict"];
    assert.throws(
      () => parseArguments([...args, "--policy-pack-config", "c.json", "--export"], "/here"),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.deepEqual(error.problems, [
          "the command is `prevue`; expected `preview`",
          "`extra` belongs to no option; see --help",
          "`dev` belongs to no option; see --help",
          "there is no option `--stak`; see --help",
          "`--json` takes no value, and was given `yes`",
          "`--answers` needs a value, and `--strict` follows it",
          "`--export` needs a value; see --help",
          "`--mode` is `dry`; expected `resolved` or `preview`",
          "1 times `--policy-pack-config` for 0 packs; expected at most one for each `--policy-pack`",
        ]);
        return true;
      },
    );
  });
});
