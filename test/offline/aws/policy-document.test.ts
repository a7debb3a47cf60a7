import assert from "node:assert/strict";

import type { WireMap } from "../../../offline/protocol/wire.ts";
import { configured } from "./support/simulation.ts";

const TOKEN = "aws:iam/getPolicyDocument:getPolicyDocument";

function minified(args: WireMap): unknown {
  const response = configured().invoke(TOKEN, args);
  assert.ok(response.kind === "result", JSON.stringify(response));
  return response.result["minifiedJson"];
}

function reason(args: WireMap): string {
  const response = configured().invoke(TOKEN, args);
  assert.ok(response.kind === "failures", JSON.stringify(response));
  return response.failures.map((failure) => `${failure.property}: ${failure.reason}`).join("\n");
}

describe("the simulated lookup of a policy document", () => {
  it("writes the keys in the provider's order, with two spaces a level", () => {
    const response = configured().invoke(TOKEN, {
      policyId: "doc",
      statements: [
        {
          sid: "Read",
          actions: ["s3:GetObject"],
          resources: ["*"],
          principals: [{ type: "AWS", identifiers: ["123456789012"] }],
          conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
        },
      ],
    });
    assert.ok(response.kind === "result");
    assert.equal(
      response.result["json"],
      [
        "{",
        '  "Version": "2012-10-17",',
        '  "Id": "doc",',
        '  "Statement": [',
        "    {",
        '      "Sid": "Read",',
        '      "Effect": "Allow",',
        '      "Action": "s3:GetObject",',
        '      "Resource": "*",',
        '      "Principal": {',
        '        "AWS": "123456789012"',
        "      },",
        '      "Condition": {',
        '        "Bool": {',
        '          "aws:SecureTransport": "true"',
        "        }",
        "      }",
        "    }",
        "  ]",
        "}",
      ].join("\n"),
    );
  });

  it("writes one value alone, and several without repetition in descending order", () => {
    assert.equal(
      minified({ statements: [{ actions: ["a:B", "c:D", "a:B", "b:C"], resources: ["r"] }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["c:D","b:C","a:B"],"Resource":"r"}]}',
    );
  });

  it("keeps the order of a condition's values, and joins conditions with one operator and key", () => {
    assert.equal(
      minified({
        statements: [
          {
            effect: "Deny",
            notActions: ["a:B"],
            notResources: ["r"],
            conditions: [
              { test: "StringLike", variable: "k", values: ["b", "a"] },
              { test: "StringLike", variable: "k", values: ["c"] },
              { test: "Bool", variable: "z", values: ["true"] },
            ],
          },
        ],
      }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"a:B","NotResource":"r",' +
        '"Condition":{"Bool":{"z":"true"},"StringLike":{"k":["b","a","c"]}}}]}',
    );
  });

  it("writes everyone as a star, and every AWS account as an object", () => {
    const principal = (type: string) =>
      minified({ statements: [{ actions: ["a:B"], principals: [{ type, identifiers: ["*"] }] }] });
    assert.equal(
      principal("*"),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:B","Principal":"*"}]}',
    );
    assert.equal(
      principal("AWS"),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:B","Principal":{"AWS":"*"}}]}',
    );
  });

  it("sorts principals by type, and joins those of one type", () => {
    assert.equal(
      minified({
        statements: [
          {
            actions: ["a:B"],
            notPrincipals: [
              { type: "Service", identifiers: ["ec2.amazonaws.com"] },
              { type: "AWS", identifiers: ["a"] },
              { type: "AWS", identifiers: ["b", "c"] },
            ],
          },
        ],
      }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:B",' +
        '"NotPrincipal":{"AWS":["a","c","b"],"Service":"ec2.amazonaws.com"}}]}',
    );
  });

  it("writes &{…} as a policy variable, and refuses it in documents of 2008", () => {
    const statements = [{ actions: ["a:B"], resources: ["arn:aws:s3:::b/&{aws:username}/*"] }];
    assert.equal(
      minified({ statements }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:B","Resource":"arn:aws:s3:::b/${aws:username}/*"}]}',
    );
    assert.match(reason({ version: "2008-10-17", statements }), /2008-10-17/u);
  });

  it("escapes what Go escapes", () => {
    assert.equal(
      minified({ statements: [{ actions: ["a:B"], resources: ["<&>"] }] }),
      String.raw`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:B","Resource":"\u003c\u0026\u003e"}]}`,
    );
  });

  it("writes nothing but its version without statements", () => {
    assert.equal(minified({}), '{"Version":"2012-10-17"}');
  });

  it("puts source documents first, and lets later ones replace statements of the same id", () => {
    const source = JSON.stringify({
      Version: "2008-10-17",
      Id: "source",
      Statement: [
        { Sid: "A", Effect: "Allow", Action: "a:A", Resource: "*" },
        { Effect: "Allow", Action: ["b:B", "c:C"], Resource: "*", Principal: "*" },
      ],
    });
    const override = JSON.stringify({
      Statement: [
        { Sid: "A", Effect: "Deny", Action: "a:A", Resource: "*", Condition: { Bool: { k: true } } },
      ],
    });
    assert.equal(
      minified({
        sourcePolicyDocuments: [source],
        statements: [{ sid: "Own", actions: ["d:D"], resources: ["*"] }],
        overridePolicyDocuments: [override],
      }),
      '{"Version":"2012-10-17","Id":"source","Statement":[' +
        '{"Sid":"A","Effect":"Deny","Action":"a:A","Resource":"*","Condition":{"Bool":{"k":"true"}}},' +
        '{"Effect":"Allow","Action":["b:B","c:C"],"Resource":"*","Principal":"*"},' +
        '{"Sid":"Own","Effect":"Allow","Action":"d:D","Resource":"*"}]}',
    );
  });

  it("refuses one statement id twice, in its statements and across source documents", () => {
    const statement = { sid: "A", actions: ["a:B"], resources: ["*"] };
    assert.match(reason({ statements: [statement, statement] }), /`A`/u);
    const source = JSON.stringify({ Statement: [{ Sid: "A", Effect: "Allow", Action: "*", Resource: "*" }] });
    assert.match(reason({ sourcePolicyDocuments: [source, source] }), /`A`.*sourcePolicyDocuments/u);
  });

  it("refuses effects, statement ids, versions and documents that are none", () => {
    assert.match(
      reason({ statements: [{ effect: "allow", actions: ["a:B"] }] }),
      /^statements\[0\]\.effect:/u,
    );
    assert.match(reason({ statements: [{ sid: "a-b", actions: ["a:B"] }] }), /^statements\[0\]\.sid:/u);
    assert.match(reason({ version: "2020-01-01" }), /^version:/u);
    assert.match(reason({ sourcePolicyDocuments: ["{"] }), /sourcePolicyDocuments\[0\]/u);
  });

  it("is identified by the hash of its text", () => {
    const response = configured().invoke(TOKEN, {});
    assert.ok(response.kind === "result");
    assert.equal(response.result["json"], '{\n  "Version": "2012-10-17"\n}');
    // The CRC-32 of that text.
    assert.equal(response.result["id"], String(crcOf('{\n  "Version": "2012-10-17"\n}')));
  });
});

/** CRC-32 bit by bit, from its definition. */
function crcOf(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320;
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
