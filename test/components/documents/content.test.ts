import assert from "node:assert/strict";
import fc from "fast-check";
import { exactlyOneOf, sessionDocumentContent } from "../../../components/documents/content.ts";

const PREFERENCES = {
  s3BucketName: "logs",
  s3KeyPrefix: "sessions",
  cloudWatchLogGroupName: "/shop-dev/sessions",
  cloudWatchStreaming: true,
  kmsKeyId: "alias/shop-dev-sessions",
};

const LOCAL_PORT = {
  type: "String",
  description: "The port to listen on at this side, 0 for any free one",
  default: "0",
  allowedPattern:
    "^([0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
};

describe("the content of a session document", () => {
  it("for a shell has booleans as booleans and minutes as strings", () => {
    assert.deepEqual(
      sessionDocumentContent(
        {
          kind: "shell",
          description: "A shell",
          idleTimeoutMinutes: 15,
          maxDurationMinutes: 60,
          runAs: true,
          runAsDefaultUser: "jane",
          shellProfile: { linux: "exec bash", windows: "date" },
        },
        PREFERENCES,
      ),
      {
        schemaVersion: "1.0",
        description: "A shell",
        sessionType: "Standard_Stream",
        inputs: {
          s3BucketName: "logs",
          s3KeyPrefix: "sessions",
          s3EncryptionEnabled: true,
          cloudWatchLogGroupName: "/shop-dev/sessions",
          cloudWatchEncryptionEnabled: true,
          cloudWatchStreamingEnabled: true,
          kmsKeyId: "alias/shop-dev-sessions",
          runAsEnabled: true,
          runAsDefaultUser: "jane",
          idleSessionTimeout: "15",
          maxSessionDuration: "60",
          shellProfile: { linux: "exec bash", windows: "date" },
        },
      },
    );
  });

  it("for a shell has empty strings for what is not given, and streams nothing to nowhere", () => {
    const { inputs } = sessionDocumentContent(
      {
        kind: "shell",
        description: "A shell",
        idleTimeoutMinutes: 20,
        maxDurationMinutes: undefined,
        runAs: false,
        runAsDefaultUser: undefined,
        shellProfile: { linux: "", windows: "" },
      },
      { s3BucketName: "logs" },
    );
    assert.deepEqual(inputs, {
      s3BucketName: "logs",
      s3KeyPrefix: "",
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: "",
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: false,
      kmsKeyId: "",
      runAsEnabled: false,
      runAsDefaultUser: "",
      idleSessionTimeout: "20",
      maxSessionDuration: "",
      shellProfile: { linux: "", windows: "" },
    });
  });

  it("for a fixed port takes no port from whoever starts a session", () => {
    assert.deepEqual(
      sessionDocumentContent({ kind: "port", description: "Web", port: { fixed: 8080 }, localPort: 0 }),
      {
        schemaVersion: "1.0",
        description: "Web",
        sessionType: "Port",
        parameters: { localPortNumber: LOCAL_PORT },
        properties: {
          portNumber: "8080",
          localPortNumber: "{{ localPortNumber }}",
          type: "LocalPortForwarding",
        },
      },
    );
  });

  it("for several ports takes one of them", () => {
    const { parameters, properties } = sessionDocumentContent({
      kind: "port",
      description: "Web",
      port: { choice: [80, 443] },
      localPort: 8080,
    });
    assert.deepEqual(parameters, {
      portNumber: {
        type: "String",
        description: "The port to connect to",
        default: "80",
        allowedPattern: "^(80|443)$",
      },
      localPortNumber: { ...LOCAL_PORT, default: "8080" },
    });
    assert.deepEqual(properties, {
      portNumber: "{{ portNumber }}",
      localPortNumber: "{{ localPortNumber }}",
      type: "LocalPortForwarding",
    });
  });

  it("for a fixed remote host takes neither host nor port", () => {
    const { parameters, properties } = sessionDocumentContent({
      kind: "remotePort",
      description: "Database",
      port: { fixed: 5432 },
      localPort: 0,
      host: { fixed: "db.internal" },
    });
    assert.deepEqual(Object.keys(parameters ?? {}), ["localPortNumber"]);
    assert.deepEqual(properties, {
      portNumber: "5432",
      localPortNumber: "{{ localPortNumber }}",
      type: "LocalPortForwarding",
      host: "db.internal",
    });
  });

  it("for a pattern of remote hosts takes a host that matches it", () => {
    const { parameters, properties } = sessionDocumentContent({
      kind: "remotePort",
      description: "Databases",
      port: { fixed: 5432 },
      localPort: 0,
      host: { pattern: "^db-[0-9]+[.]internal$" },
    });
    assert.deepEqual(parameters?.["host"], {
      type: "String",
      description: "The host to connect to, as the instance sees it",
      allowedPattern: "^db-[0-9]+[.]internal$",
    });
    assert.deepEqual(properties, {
      portNumber: "5432",
      localPortNumber: "{{ localPortNumber }}",
      type: "LocalPortForwarding",
      host: "{{ host }}",
    });
  });

  it("for SSH connects a port to standard input and output", () => {
    assert.deepEqual(sessionDocumentContent({ kind: "ssh", description: "SSH", ports: [22] }), {
      schemaVersion: "1.0",
      description: "SSH",
      sessionType: "Port",
      parameters: {
        portNumber: {
          type: "String",
          description: "The port to connect to",
          default: "22",
          allowedPattern: "^(22)$",
        },
      },
      properties: { portNumber: "{{ portNumber }}" },
    });
  });

  it("for commands logs and encrypts, and never streams", () => {
    assert.deepEqual(
      sessionDocumentContent(
        {
          kind: "commands",
          description: "Tail",
          interactive: true,
          linux: "tail -f {{ path }}",
          windows: undefined,
          runAsElevated: true,
          parameters: { path: { type: "String", allowedPattern: "^/var/log/[a-z]+$" } },
        },
        PREFERENCES,
      ),
      {
        schemaVersion: "1.0",
        description: "Tail",
        sessionType: "InteractiveCommands",
        inputs: {
          s3BucketName: "logs",
          s3KeyPrefix: "sessions",
          s3EncryptionEnabled: true,
          cloudWatchLogGroupName: "/shop-dev/sessions",
          cloudWatchEncryptionEnabled: true,
          cloudWatchStreamingEnabled: false,
          kmsKeyId: "alias/shop-dev-sessions",
        },
        parameters: { path: { type: "String", allowedPattern: "^/var/log/[a-z]+$" } },
        properties: { linux: { commands: "tail -f {{ path }}", runAsElevated: true } },
      },
    );
  });

  it("for commands that ask for nothing is not interactive", () => {
    const content = sessionDocumentContent({
      kind: "commands",
      description: "Uptime",
      interactive: false,
      linux: undefined,
      windows: "Get-Uptime",
      runAsElevated: false,
      parameters: {},
    });
    assert.equal(content.sessionType, "NonInteractiveCommands");
    assert.deepEqual(content.properties, { windows: { commands: "Get-Uptime", runAsElevated: false } });
    assert.ok(!("parameters" in content));
  });
});

describe("the pattern of a local port", () => {
  it("matches 0 to 65535, and every other number not", () => {
    const pattern = new RegExp(LOCAL_PORT.allowedPattern);
    for (let port = 0; port <= 70_000; port += 1) {
      assert.equal(pattern.test(String(port)), port <= 65_535, String(port));
    }
    for (const text of ["", "-1", "01", "1.5", "80 ", "a"]) {
      assert.ok(!pattern.test(text), text);
    }
  });
});

describe("a pattern of exactly these texts", () => {
  it("matches each of them and no other", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), fc.string(), (texts, other) => {
        const pattern = new RegExp(exactlyOneOf(texts));
        for (const text of texts) {
          assert.ok(pattern.test(text), text);
        }
        assert.equal(pattern.test(other), texts.includes(other));
      }),
    );
  });
});
