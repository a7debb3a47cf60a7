import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { logBucketPrivate } from "@bastionless/policies/rules/log-bucket-private.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { sessionLogsEncrypted } from "@bastionless/policies/rules/session-logs-encrypted.ts";
import { capture } from "./support/capture.ts";
import { json } from "./support/environments.ts";

/*
 * Every form in which a bucket, and what is set on it, is written: modelled, so that a good one is proved and a bad one
 * refuted; or undecided. None of them is taken for something that is not there.
 */

const NAME = "acme-logs";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c";
const UNKNOWN = { unknown: true };

const DOCUMENT: ExampleResource = {
  type: "aws:ssm/document:Document",
  name: "shell",
  props: {
    name: "shell",
    documentType: "Session",
    content: JSON.stringify({
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: NAME, s3EncryptionEnabled: true },
    }),
  },
};

const THE_KEY: ExampleResource = {
  type: "aws:kms/key:Key",
  name: "key",
  props: {},
  outputs: { arn: KEY, keyId: "0f1e2d3c" },
};

const byDefault = (sseAlgorithm: string): object =>
  sseAlgorithm === "aws:kms" ? { sseAlgorithm, kmsMasterKeyId: KEY } : { sseAlgorithm };

/** The rule of an encryption configuration, as resources of their own write it. */
const rule = (algorithm: string): object => ({ applyServerSideEncryptionByDefault: byDefault(algorithm) });

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const flags = (value: boolean): { readonly [flag: string]: boolean } =>
  Object.fromEntries(FLAGS.map((flag) => [flag, value]));

const tls = (isGood: boolean): string =>
  json({
    Effect: isGood ? "Deny" : "Allow",
    Principal: isGood ? "*" : { AWS: "arn:aws:iam::111122223333:root" },
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${NAME}`, `arn:aws:s3:::${NAME}/*`],
    ...(isGood ? { Condition: { Bool: { "aws:SecureTransport": "false" } } } : {}),
  });

function setting(type: string, props: object): ExampleResource {
  return { type, name: "setting", props: { bucket: NAME, ...props } };
}

function bucket(type: string, props: object = {}): ExampleResource {
  return {
    type,
    name: "bucket",
    props: { bucket: NAME, ...props },
    outputs: { arn: `arn:aws:s3:::${NAME}` },
  };
}

/** The kinds of verdict on what a rule asks of the bucket; those that are about something else are left out. */
function kinds(asked: Rule, about: RegExp, resources: readonly ExampleResource[]): readonly string[] {
  return [
    ...new Set(
      capture(asked, [DOCUMENT, THE_KEY, ...resources]).flatMap(({ kind, message }) =>
        about.test(JSON.stringify(message)) ? [kind] : [],
      ),
    ),
  ];
}

interface Form {
  readonly type: string;
  /** With what it should say, and with what it should not. */
  readonly make: (isGood: boolean) => readonly ExampleResource[];
}

const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** Forms of other providers: `null` where what they say is not looked at, so that good and bad are the same. */
const OTHERS = (name: string): readonly string[] => [
  `acme:tf:aws_s3_bucket_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).slice(1)}`,
  `aws:index/s3Bucket${name}:S3Bucket${name}`,
  `kubernetes:s3.aws.upbound.io/v1beta1:Bucket${name}`,
];

function onEach(
  types: readonly string[],
  props: (isGood: boolean) => object,
): readonly (readonly [string, Form])[] {
  return BUCKETS.flatMap((of) =>
    types.map((type): readonly [string, Form] => [
      `${type} on ${of}`,
      { type, make: (isGood) => [bucket(of), setting(type, props(isGood))] },
    ]),
  );
}

function inside(props: (isGood: boolean) => object): readonly (readonly [string, Form])[] {
  return BUCKETS.map((type): readonly [string, Form] => [
    `a block of ${type}`,
    { type, make: (isGood) => [bucket(type, props(isGood))] },
  ]);
}

const TABLE: readonly {
  readonly what: string;
  readonly rule: Rule;
  readonly about: RegExp;
  readonly modelled: readonly (readonly [string, Form])[];
  readonly unread: readonly (readonly [string, Form])[];
}[] = [
  {
    what: "encryption",
    rule: sessionLogsEncrypted,
    about: /"log-encrypted"|"log-not-encrypted"|"log-key-outside"|is encrypted/,
    modelled: [
      ...onEach(
        [
          "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
          "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
        ],
        (isGood) => ({ rules: [rule(isGood ? "aws:kms" : "AES256")] }),
      ),
      ...inside((isGood) => ({
        serverSideEncryptionConfiguration: { rule: rule(isGood ? "aws:kms" : "AES256") },
      })),
      ...inside((isGood) => ({
        serverSideEncryptionConfigurations: [
          {
            rules: [{ applyServerSideEncryptionByDefaults: [byDefault(isGood ? "aws:kms" : "AES256")] }],
          },
        ],
      })),
    ],
    unread: onEach(OTHERS("ServerSideEncryptionConfiguration"), () => ({ rules: [rule("aws:kms")] })),
  },
  {
    what: "public access",
    rule: logBucketPrivate,
    about: /public-access|open-to-public|blocks public access/,
    modelled: onEach(["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"], flags),
    unread: onEach(OTHERS("PublicAccessBlock"), flags),
  },
  {
    what: "TLS",
    rule: logBucketPrivate,
    about: /plain-http|tls-only|requires TLS/,
    modelled: [
      ...onEach(["aws:s3/bucketPolicy:BucketPolicy"], (isGood) => ({ policy: tls(isGood) })),
      ...inside((isGood) => ({ policy: tls(isGood) })),
    ],
    unread: onEach(["aws-native:s3:BucketPolicy", ...OTHERS("Policy")], (isGood) => ({
      policy: tls(isGood),
    })),
  },
  {
    what: "ownership",
    rule: logBucketPrivate,
    about: /bucket-owned|acls-in-force|an ACL decides/,
    modelled: onEach(["aws:s3/bucketOwnershipControls:BucketOwnershipControls"], (isGood) => ({
      rule: { objectOwnership: isGood ? "BucketOwnerEnforced" : "BucketOwnerPreferred" },
    })),
    unread: onEach(OTHERS("OwnershipControls"), () => ({ rule: { objectOwnership: "ObjectWriter" } })),
  },
  {
    what: "ACLs",
    rule: logBucketPrivate,
    about: /acl-public|bucket-owned|acls-in-force|an ACL decides/,
    modelled: [
      ...onEach(["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"], (isGood) => ({
        acl: isGood ? "private" : "public-read",
      })),
      ...inside((isGood) => ({ acl: isGood ? "private" : "public-read" })),
    ],
    unread: onEach(OTHERS("Acl"), () => ({ acl: "public-read" })),
  },
];

describe("the forms of buckets", () => {
  for (const { what, rule: asked, about, modelled, unread } of TABLE) {
    for (const [form, { make }] of modelled) {
      it(`${what}: ${form} is read`, () => {
        assert.deepEqual(kinds(asked, about, make(true)), ["satisfied"]);
        assert.deepEqual(kinds(asked, about, make(false)), ["violation"]);
      });

      it(`${what}: ${form} is undecided where it is not known`, () => {
        const unknown = make(true).map((resource, index, all) =>
          index === all.length - 1
            ? {
                ...resource,
                props: Object.fromEntries(
                  Object.entries(resource.props).map(([name, value]) => [
                    name,
                    name === "bucket" ? value : UNKNOWN,
                  ]),
                ),
              }
            : resource,
        );
        assert.deepEqual(kinds(asked, about, unknown), ["undecided"]);
      });
    }
    for (const [form, { make }] of unread) {
      it(`${what}: ${form} is undecided`, () => {
        assert.deepEqual(kinds(asked, about, make(true)), ["undecided"]);
        assert.deepEqual(kinds(asked, about, make(false)), ["undecided"]);
      });
    }
  }

  for (const type of ["aws-native:s3:Bucket", "acme:tf:aws_s3_bucket", "aws:index/s3Bucket:S3Bucket"]) {
    it(`a bucket of ${type} is another stack's: undecided`, () => {
      const bad = { bucketName: NAME, acl: "public-read" };
      for (const asked of [logBucketPrivate, sessionLogsEncrypted]) {
        const found = capture(asked, [DOCUMENT, THE_KEY, bucket(type, bad)]);
        assert.deepEqual(
          found.flatMap(({ kind }) => (kind === "satisfied" ? [] : [kind])),
          ["undecided"],
          asked.id,
        );
      }
    });
  }
});
