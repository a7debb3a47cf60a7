import assert from "node:assert/strict";
import { join } from "node:path";
import { readAnswers } from "@bastionless/offline/cli/answers.ts";
import { InputError } from "@bastionless/offline/project/input-error.ts";
import { withFolder } from "../project/folder.ts";

describe("an answers file", () => {
  it("gives results by token, for all arguments or for certain ones", () => {
    const text = [
      "answers:",
      "  - token: aws:ec2/getVpc:getVpc",
      "    args: {tags: {Name: main}}",
      "    result: {id: vpc-1, cidrBlock: 10.0.0.0/16}",
      "  - token: aws:kms/getKey:getKey",
      "    result: {arn: x}",
    ].join("\n");
    withFolder({ "answers.yaml": text }, (folder) => {
      assert.deepEqual(readAnswers(join(folder, "answers.yaml")), [
        {
          token: "aws:ec2/getVpc:getVpc",
          args: { tags: { Name: "main" } },
          result: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
        },
        { token: "aws:kms/getKey:getKey", result: { arn: "x" } },
      ]);
    });
  });

  it("is refused with every entry that is not of that form", () => {
    const text = "answers:\n  - 7\n  - {token: getVpc, args: [], result: 3, reslt: {}}\n";
    withFolder({ "answers.yaml": text }, (folder) => {
      const file = join(folder, "answers.yaml");
      assert.throws(
        () => readAnswers(file),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.deepEqual(error.problems, [
            `\`${file}\`: answers[0] is no mapping; expected \`token\`, \`args\`, \`result\``,
            `\`${file}\`: answers[1].reslt is not read; expected \`token\`, \`args\`, \`result\``,
            `\`${file}\`: answers[1].token is "getVpc"; expected a token such as \`aws:ec2/getVpc:getVpc\``,
            `\`${file}\`: answers[1].args is []; expected a mapping`,
            `\`${file}\`: answers[1].result is 3; expected a mapping`,
          ]);
          return true;
        },
      );
    });
  });
});
