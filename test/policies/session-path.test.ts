import assert from "node:assert/strict";
import { buildEstate } from "@bastionless/policies/estate/estate.ts";
import { readFacts } from "@bastionless/policies/estate/facts.ts";
import { DOCUMENT_TYPE } from "@bastionless/policies/estate/session-document.ts";
import { documentsOf, type SessionPath } from "@bastionless/policies/estate/session-path.ts";
import { UNKNOWN } from "@bastionless/policies/reader/data.ts";
import type { DataMap } from "@bastionless/policies/reader/data.ts";
import { urnOf } from "./support/stack.ts";

function paths(
  ...documents: readonly DataMap[]
): readonly (readonly [string, SessionPath["kind"], boolean?])[] {
  const facts = documents.map((inputs, index) =>
    readFacts({
      urn: urnOf(DOCUMENT_TYPE, `d${index}`),
      type: DOCUMENT_TYPE,
      name: `d${index}`,
      inputs,
      outputs: undefined,
      dependencies: {},
      parent: undefined,
      provider: undefined,
    }),
  );
  return documentsOf(buildEstate(facts, [])).map(({ name, path }) =>
    path.kind === "tunnel" ? [name, path.kind, path.bounded] : [name, path.kind],
  );
}

function session(content: DataMap | string | typeof UNKNOWN, more: DataMap = {}): DataMap {
  return {
    name: "document",
    documentType: "Session",
    content: typeof content === "object" ? JSON.stringify({ schemaVersion: "1.0", ...content }) : content,
    ...more,
  };
}

function port(properties: DataMap, parameters: DataMap = {}): DataMap {
  return session({ sessionType: "Port", properties, parameters });
}

/** Whether a tunnel with this pattern for its port counts as one that leads to fixed ports. */
function isBounded(allowedPattern: string): boolean | undefined {
  const parameter = { type: "String", allowedPattern };
  return paths(port({ portNumber: "{{ portNumber }}" }, { portNumber: parameter }))[0]?.[2];
}

describe("what sessions with a document leave behind", () => {
  it("is a log for shells, and for commands that name one", () => {
    assert.deepEqual(
      paths(
        session({ sessionType: "Standard_Stream", inputs: {} }),
        session({ sessionType: "InteractiveCommands", inputs: { s3BucketName: "logs" } }),
        session({ sessionType: "NonInteractiveCommands", inputs: { cloudWatchLogGroupName: "logs" } }),
      ).map(([, kind]) => kind),
      ["logged", "logged", "logged"],
    );
  });

  it("is nothing for commands that name none", () => {
    assert.deepEqual(
      paths(
        session({ sessionType: "InteractiveCommands" }),
        session({ sessionType: "NonInteractiveCommands", inputs: { s3BucketName: "" } }),
      ).map(([, kind]) => kind),
      ["commands", "commands"],
    );
  });

  it("does not matter for documents that start no session", () => {
    assert.deepEqual(paths({ name: "script", documentType: "Command", content: "{}" }), [
      ["script", "logged"],
    ]);
  });

  it("cannot be told of what cannot be read", () => {
    for (const inputs of [
      session(UNKNOWN),
      session("{"),
      session("{}"),
      session({ sessionType: "Shell" }),
      session({ sessionType: "{{ type }}" }),
      session({ sessionType: "Port" }, { documentType: UNKNOWN }),
    ]) {
      assert.deepEqual(paths(inputs), [["document", "unreadable"]], JSON.stringify(inputs));
    }
  });

  it("is read in YAML, too", () => {
    assert.deepEqual(
      paths(session("sessionType: Port\nproperties:\n  portNumber: 5432\n", { documentFormat: "YAML" })),
      [["document", "tunnel", true]],
    );
  });

  it("is said of documents whose names are known alone", () => {
    assert.deepEqual(paths(session({ sessionType: "Port" }, { name: UNKNOWN })), []);
  });
});

describe("a tunnel that leads to fixed places", () => {
  it("says its port itself, and its host where there is one", () => {
    const cases: readonly (readonly [DataMap, boolean])[] = [
      [port({ portNumber: "5432" }), true],
      [port({ portNumber: 5432, host: "db.acme.internal" }), true],
      [port({ portNumber: "5432", host: "fd00::1" }), true],
      [port({ portNumber: "5432", host: "{{ host }}" }), false],
      [port({ portNumber: "{{ portNumber }}" }), false],
      [port({}), false],
      [port({ portNumber: "5432", host: "10.0.0.7" }), true],
      [port({ portNumber: "5432", host: "" }), false],
      // The metadata service, in its spellings.
      [port({ portNumber: "80", host: "169.254.169.254" }), false],
      [port({ portNumber: "80", host: "FD00:ec2::254" }), false],
      [port({ portNumber: "80", host: "2852039166" }), false],
      [port({ portNumber: "80", host: "0xa9fea9fe" }), false],
      [port({ portNumber: "80", host: "::ffff:169.254.169.254" }), false],
      [port({ portNumber: "{{ssm:port}}" }), false],
      [port({ portNumber: "1-65535" }), false],
      [session({ sessionType: "Port" }), false],
    ];
    for (const [inputs, expected] of cases) {
      assert.deepEqual(paths(inputs), [["document", "tunnel", expected]], JSON.stringify(inputs));
    }
  });

  it("takes a parameter for fixed where its pattern lists values, and no other pattern", () => {
    for (const pattern of ["^22$", "^(22|8888)$", "^(?:5432)$"]) {
      assert.equal(isBounded(pattern), true, pattern);
    }
    for (const pattern of [
      "",
      "22",
      "^22",
      "22$",
      "^22|8888$",
      "^(22|8888)",
      "^(22|)$",
      "^()$",
      "^[0-9]+$",
      "^\\d+$",
      "^.*$",
      "^(22|.+)$",
      "^(22)?.*$",
      "^(22$|^.*)$",
      "^((22))$",
      "^(host)$",
      "^(123456)$",
    ]) {
      assert.equal(isBounded(pattern), false, pattern);
    }
  });

  it("takes a list of hosts for fixed, their dots escaped", () => {
    const withHost = (allowedPattern: string): boolean | undefined =>
      paths(
        port(
          { portNumber: "5432", host: "{{ host }}" },
          { host: { type: "String", allowedPattern, default: "a.acme.internal" } },
        ),
      )[0]?.[2];
    assert.equal(withHost(String.raw`^(a\.acme\.internal|b\.acme\.internal)$`), true);
    assert.equal(withHost(String.raw`^[a-z]+\.acme\.internal$`), false);
    assert.equal(withHost("^a.acme.internal$"), false);
  });

  it("is none where the parameter is not declared, or only for Object's own names", () => {
    assert.equal(paths(port({ portNumber: "{{ constructor }}" }))[0]?.[2], false);
    assert.equal(paths(port({ portNumber: "{{ __proto__ }}" }))[0]?.[2], false);
  });
});
