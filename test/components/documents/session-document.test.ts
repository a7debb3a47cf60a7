import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SessionDocument, type SessionDocumentArgs, SessionLogging } from "@bastionless/components";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { settled, text } from "../support/values.ts";

const DOCUMENT = "aws:ssm/document:Document";

function document(args: SessionDocumentArgs, region?: string): Promise<MockedProgram<SessionDocument>> {
  return runMocked(() => new SessionDocument("doc", args), region === undefined ? {} : { region });
}

describe("a session document", () => {
  it("is a Session document in JSON, with a fixed name and the environment's tags", async () => {
    const made = await document({ port: { port: 80 } });
    const { name, documentType, documentFormat, tags, content } = made.inputs(DOCUMENT, "doc-document");
    assert.deepEqual(
      { name, documentType, documentFormat, tags },
      {
        name: "shop-dev-doc",
        documentType: "Session",
        documentFormat: "JSON",
        tags: { Project: "shop", Environment: "dev" },
      },
    );
    assert.partialDeepStrictEqual(JSON.parse(text(content)), { sessionType: "Port" });
  });

  it("takes where to log to from session logging", async () => {
    const made = await runMocked(() => {
      const logging = new SessionLogging("logging", { s3KeyPrefix: "sessions" });
      return new SessionDocument("shell", { shell: { logging: logging.preferences } });
    });
    assert.partialDeepStrictEqual(JSON.parse(text(made.inputs(DOCUMENT, "shell-document")["content"])), {
      inputs: {
        s3BucketName: `shop-dev-logs-${ACCOUNT}-eu-west-1`,
        s3KeyPrefix: "sessions",
        cloudWatchLogGroupName: "/shop-dev/sessions",
        cloudWatchStreamingEnabled: true,
        kmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/shop-dev-sessions`,
      },
    });
  });

  it("says its name, ARN, type and the parameters it leaves open", async () => {
    const { result } = await document(
      { remotePort: { hostPattern: "^db[.]x$", ports: [1, 2] } },
      "cn-north-1",
    );
    assert.equal(await valueOf(result.documentName), "shop-dev-doc");
    assert.equal(
      await valueOf(result.documentArn),
      `arn:aws-cn:ssm:cn-north-1:${ACCOUNT}:document/shop-dev-doc`,
    );
    assert.equal(result.sessionType, "Port");
    assert.deepEqual(result.parameters, ["portNumber", "localPortNumber", "host"]);
    assert.deepEqual((await document({ port: { port: 80 } })).result.parameters, ["localPortNumber"]);
    assert.deepEqual((await document({ ssh: {} })).result.parameters, ["portNumber"]);
  });

  it("takes a host that is known only later, and refuses it then where it is no host", async () => {
    const made = await document({ remotePort: { host: pulumi.output("db.internal"), port: 5432 } });
    assert.partialDeepStrictEqual(JSON.parse(text(made.inputs(DOCUMENT, "doc-document")["content"])), {
      description: "A tunnel to port 5432 of a host",
      properties: { host: "db.internal", portNumber: "5432" },
    });
    const refused = await document({ remotePort: { host: Promise.resolve("169.254.169.254"), port: 80 } });
    await assert.rejects(settled(refused.result.documentName), /remotePort\.host: `169\.254\.169\.254`/);
  });

  it("can be changed by a transform", async () => {
    const made = await document({ ssh: {}, transform: { document: { tags: { Team: "web" } } } });
    assert.deepEqual(made.inputs(DOCUMENT, "doc-document")["tags"], { Team: "web" });
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(document({ ssh: { ports: [0] } }), /ssh\.ports\[0\]: `0`/);
  });
});
