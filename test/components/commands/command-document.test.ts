import assert from "node:assert/strict";
import { CommandDocument, type CommandDocumentArgs, SessionLogging } from "@bastionless/components";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { text } from "../support/values.ts";

const DOCUMENT = "aws:ssm/document:Document";
const ASSOCIATION = "aws:ssm/association:Association";
const BUCKET = `shop-dev-logs-${ACCOUNT}-eu-west-1`;

function made(args: Partial<CommandDocumentArgs>): Promise<MockedProgram<CommandDocument>> {
  return runMocked(() => {
    const logging = new SessionLogging("logging", { s3KeyPrefix: "sessions" });
    const instanceTags = { Project: "shop", Role: "web" };
    return new CommandDocument("doc", { logging: logging.preferences, instanceTags, ...args });
  });
}

describe("a command document", () => {
  it("is a Command document in JSON, with a fixed name and the environment's tags", async () => {
    const program = await made({ healthCheck: {} });
    const { name, documentType, targetType, tags, content } = program.inputs(DOCUMENT, "doc-document");
    assert.deepEqual(
      { name, documentType, targetType, tags },
      {
        name: "shop-dev-doc",
        documentType: "Command",
        targetType: "/AWS::EC2::Instance",
        tags: { Project: "shop", Environment: "dev" },
      },
    );
    assert.partialDeepStrictEqual(JSON.parse(text(content)), { schemaVersion: "2.2" });
    assert.equal(
      await valueOf(program.result.documentArn),
      `arn:aws:ssm:eu-west-1:${ACCOUNT}:document/shop-dev-doc`,
    );
    assert.equal(program.mocks.ofType(ASSOCIATION).length, 0);
  });

  it("says the command with its limits, below the prefix of the logs that instances may write to", async () => {
    const { result } = await made({ restartService: { service: "nginx" } });
    assert.equal(
      await valueOf(result.command),
      'aws ssm send-command --region eu-west-1 --document-name shop-dev-doc --targets "Key=tag:Project,Values=shop" ' +
        '"Key=tag:Role,Values=web" --max-concurrency 1 --max-errors 0 --timeout-seconds 600 ' +
        `--output-s3-bucket-name ${BUCKET} --output-s3-key-prefix sessions/commands/shop-dev-doc ` +
        '--cloud-watch-output-config "CloudWatchOutputEnabled=true,CloudWatchLogGroupName=/shop-dev/sessions"',
    );
  });

  it("names in the command the parameters that must be given", async () => {
    const { result } = await made({
      steps: [{ name: "say", commands: ["echo {{ word }} {{ other }}"] }],
      parameters: { word: { allowedValues: ["a"] }, other: { allowedValues: ["b"], default: "b" } },
    });
    assert.match(await valueOf(result.command), / --parameters "word=WORD"$/);
    assert.deepEqual(result.parameters, ["word", "other"]);
  });

  it("runs by itself with the same limits, and its output in the same place", async () => {
    const program = await made({ withoutSudo: {}, association: { scheduleExpression: "rate(1 day)" } });
    assert.partialDeepStrictEqual(program.inputs(ASSOCIATION, "doc-association"), {
      name: "shop-dev-doc",
      associationName: "shop-dev-doc",
      scheduleExpression: "rate(1 day)",
      targets: [
        { key: "tag:Project", values: ["shop"] },
        { key: "tag:Role", values: ["web"] },
      ],
      maxConcurrency: "10%",
      maxErrors: "0",
      outputLocation: {
        s3BucketName: BUCKET,
        s3KeyPrefix: "sessions/commands/shop-dev-doc",
        s3Region: "eu-west-1",
      },
    });
  });

  it("can be changed by transforms, child by child", async () => {
    const tags = { Team: "web" };
    const change = { tags };
    const program = await made({
      withoutSudo: {},
      association: {},
      transform: { document: change, association: change },
    });
    assert.deepEqual(program.inputs(DOCUMENT, "doc-document")["tags"], tags);
    assert.deepEqual(program.inputs(ASSOCIATION, "doc-association")["tags"], tags);
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(made({ healthCheck: { maxDiskPercent: 0 } }), /healthCheck\.maxDiskPercent: `0`/);
  });
});
