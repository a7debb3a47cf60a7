import assert from "node:assert/strict";
import { SessionLogging, SessionPreferences, type SessionPreferencesArgs } from "@bastionless/components";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { text } from "../support/values.ts";

const DOCUMENT = "aws:ssm/document:Document";
const FUNCTION = "aws:lambda/function:Function";
const INVOCATION = "aws:lambda/invocation:Invocation";
const TAGS = { Project: "shop", Environment: "dev" };

function preferences(
  args: Partial<SessionPreferencesArgs> = {},
  region?: string,
): Promise<MockedProgram<SessionPreferences>> {
  return runMocked(
    () => {
      const logging = new SessionLogging("logging");
      return new SessionPreferences("preferences", { logging: logging.preferences, ...args });
    },
    region === undefined ? {} : { region },
  );
}

describe("session preferences", () => {
  it("are the one document that Session Manager takes where none is named, logged and encrypted", async () => {
    const made = await preferences({
      idleTimeoutMinutes: 5,
      linuxProfile: "exec bash",
      windowsProfile: "date",
    });
    const { name, documentType, tags, content } = made.inputs(DOCUMENT, "preferences-document");
    assert.deepEqual(
      { name, documentType, tags },
      { name: "SSM-SessionManagerRunShell", documentType: "Session", tags: TAGS },
    );
    assert.partialDeepStrictEqual(JSON.parse(text(content)), {
      sessionType: "Standard_Stream",
      inputs: {
        s3BucketName: `shop-dev-logs-${ACCOUNT}-eu-west-1`,
        cloudWatchLogGroupName: "/shop-dev/sessions",
        kmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/shop-dev-sessions`,
        idleSessionTimeout: "5",
        shellProfile: { linux: "exec bash", windows: "date" },
      },
    });
  });

  it("read once what was there, and clear the name with what they read", async () => {
    const made = await preferences();
    assert.partialDeepStrictEqual(made.inputs(INVOCATION, "preferences-previous"), {
      functionName: "bastionless-session-preferences",
      input: '{"read":true}',
      lifecycleScope: "CREATE_ONLY",
    });
    assert.partialDeepStrictEqual(made.inputs(INVOCATION, "preferences-cleared"), {
      functionName: "bastionless-session-preferences",
      input: '{"previous":null}',
      lifecycleScope: "CRUD",
    });
    assert.equal(await valueOf(made.result.previous), "null");
  });

  it("have a name for the function that a second owner in the Region is refused, and one role for each Region", async () => {
    const made = await preferences({}, "cn-north-1");
    assert.equal(made.inputs(FUNCTION, "preferences-keeper")["name"], "bastionless-session-preferences");
    assert.equal(
      made.inputs("aws:iam/role:Role", "preferences-keeper")["name"],
      "bastionless-session-preferences-cn-north-1",
    );
  });

  it("let the function do what it does to this document, and nothing to anything else", async () => {
    const made = await preferences({}, "us-gov-west-1");
    assert.deepEqual(made.document("aws:iam/rolePolicy:RolePolicy", "preferences-keeper").Statement, [
      {
        Sid: "KeepSessionPreferences",
        Effect: "Allow",
        Action: [
          "ssm:AddTagsToResource",
          "ssm:CreateDocument",
          "ssm:DeleteDocument",
          "ssm:GetDocument",
          "ssm:ListTagsForResource",
          "ssm:UpdateDocument",
        ],
        Resource: `arn:aws-us-gov:ssm:us-gov-west-1:${ACCOUNT}:document/SSM-SessionManagerRunShell`,
      },
    ]);
  });

  it("can be changed by transforms, child by child", async () => {
    const tags = { Team: "web" };
    const change = { tags };
    const made = await preferences({
      transform: {
        document: change,
        role: change,
        function: { memorySize: 512 },
        rolePolicy: { name: "own" },
        invocation: { triggers: { again: "1" } },
      },
    });
    assert.deepEqual(made.inputs(DOCUMENT, "preferences-document")["tags"], tags);
    assert.deepEqual(made.inputs("aws:iam/role:Role", "preferences-keeper")["tags"], tags);
    assert.equal(made.inputs(FUNCTION, "preferences-keeper")["memorySize"], 512);
    assert.equal(made.inputs("aws:iam/rolePolicy:RolePolicy", "preferences-keeper")["name"], "own");
    assert.deepEqual(made.inputs(INVOCATION, "preferences-previous")["triggers"], { again: "1" });
  });

  it("register nothing where an argument is wrong", async () => {
    await assert.rejects(preferences({ idleTimeoutMinutes: 0 }), /idleTimeoutMinutes: `0`/);
  });
});
