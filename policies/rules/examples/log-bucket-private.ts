import type { Example, ExampleResource } from "./example.ts";

const UNKNOWN = { unknown: true };
const NAME = "acme-prod-logs";
const ARN = `arn:aws:s3:::${NAME}`;

const DOCUMENT: ExampleResource = {
  type: "aws:ssm/document:Document",
  name: "shell",
  props: {
    name: "acme-prod-shell",
    documentType: "Session",
    content: JSON.stringify({
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: NAME, s3EncryptionEnabled: true },
    }),
  },
};

function bucket(props: ExampleResource["props"] = {}, type = "aws:s3/bucket:Bucket"): ExampleResource {
  return { type, name: "bucket", props: { bucket: NAME, ...props } };
}

const ALL = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

function block(flags: object): ExampleResource {
  return {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: "block",
    props: { bucket: UNKNOWN, ...flags },
    from: { bucket: ["bucket"] },
  };
}

function ownership(objectOwnership: unknown): ExampleResource {
  return {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    name: "ownership",
    props: { bucket: NAME, rule: { objectOwnership } },
  };
}

function acl(props: object): ExampleResource {
  return { type: "aws:s3/bucketAcl:BucketAcl", name: "acl", props: { bucket: NAME, ...props } };
}

const TLS_ONLY = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function json(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function policy(...statements: readonly object[]): ExampleResource {
  return {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "policy",
    props: { bucket: NAME, policy: json(...statements) },
  };
}

const PRIVATE: readonly ExampleResource[] = [DOCUMENT, bucket(), block(ALL)];

function withTls(change: object): readonly ExampleResource[] {
  return [...PRIVATE, policy({ ...TLS_ONLY, ...change })];
}

function withAllow(change: object): readonly ExampleResource[] {
  return [
    ...PRIVATE,
    policy(TLS_ONLY, {
      Sid: "Readers",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${ARN}/*`,
      ...change,
    }),
  ];
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "a public access block, ACLs off, TLS only",
    resources: [...withTls({}), ownership("BucketOwnerEnforced"), acl({ acl: "private" })],
    expect: {},
  },
  {
    title: "the account's public access block, and the Deny in the older property of the bucket",
    resources: [
      DOCUMENT,
      bucket({
        policy: json({ ...TLS_ONLY, Condition: { BoolIfExists: { "aws:SecureTransport": false } } }),
      }),
      {
        type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        name: "account",
        props: ALL,
      },
    ],
    expect: {},
  },
  {
    title: "a Deny that names the bucket in capitals of its keys and by wildcards",
    resources: withTls({
      Action: "*",
      Principal: { AWS: "*" },
      Resource: [`${ARN}*`],
      Condition: { bool: { "AWS:securetransport": ["false"] } },
    }),
    expect: {},
  },
  {
    title: "readers of one account, of an office, of an organisation",
    resources: [
      ...PRIVATE,
      policy(
        TLS_ONLY,
        { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "s3:GetObject", Resource: `${ARN}/*` },
        {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: `${ARN}/*`,
          Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
        },
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "s3:ListBucket",
          Resource: ARN,
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      ),
    ],
    expect: {},
  },
  {
    title: "a bucket that no session is logged to",
    resources: [bucket()],
    expect: {},
  },
  {
    title: "no public access block",
    resources: [DOCUMENT, bucket(), policy(TLS_ONLY)],
    expect: { bucket: "violation" },
  },
  {
    title: "one of the four settings is missing",
    resources: [DOCUMENT, bucket(), block({ ...ALL, restrictPublicBuckets: null }), policy(TLS_ONLY)],
    expect: { block: "violation" },
  },
  {
    title: "what the bucket's block leaves out, the account's has",
    resources: [
      DOCUMENT,
      bucket(),
      block({ ...ALL, restrictPublicBuckets: false }),
      policy(TLS_ONLY),
      {
        type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        name: "account",
        props: { restrictPublicBuckets: true },
      },
    ],
    expect: {},
  },
  {
    title: "ACLs of single logs",
    resources: [...withTls({}), ownership("ObjectWriter")],
    expect: { ownership: "violation" },
  },
  {
    title: "an ACL for everybody",
    resources: [...withTls({}), acl({ acl: "public-read" })],
    expect: { acl: "violation" },
  },
  {
    title: "an ACL for everybody with an AWS account, written out",
    resources: [
      ...withTls({}),
      acl({
        accessControlPolicy: {
          owner: { id: "79a59df900b949e5" },
          grants: [
            { grantee: { type: "CanonicalUser", id: "79a59df900b949e5" }, permission: "FULL_CONTROL" },
            {
              grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" },
              permission: "READ",
            },
          ],
        },
      }),
    ],
    expect: { acl: "violation" },
  },
  {
    title: "an ACL for another account, with nothing that switches ACLs off",
    resources: [
      ...withTls({}),
      acl({
        accessControlPolicy: {
          owner: { id: "79a59df900b949e5" },
          grants: [{ grantee: { type: "CanonicalUser", id: "b0e1f5d9c0ffee00" }, permission: "READ" }],
        },
      }),
    ],
    expect: { acl: "violation" },
  },
  {
    title: "the older property of the bucket",
    resources: [
      DOCUMENT,
      bucket({ acl: "public-read-write" }, "aws:s3/bucketV2:BucketV2"),
      block(ALL),
      policy(TLS_ONLY),
    ],
    expect: { bucket: "violation" },
  },
  { title: "no bucket policy", resources: PRIVATE, expect: { bucket: "violation" } },
  {
    title: "a Deny for the objects and not for the bucket",
    resources: withTls({ Resource: `${ARN}/*` }),
    expect: { policy: "violation" },
  },
  {
    title: "a Deny of reading, and not of writing",
    resources: withTls({ Action: ["s3:Get*", "s3:List*"] }),
    expect: { policy: "violation" },
  },
  {
    title: "a Deny for one account",
    resources: withTls({ Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
    expect: { policy: "violation" },
  },
  {
    title: "a Deny that lets one role through",
    resources: withTls({
      Condition: {
        Bool: { "aws:SecureTransport": "false" },
        ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/legacy" },
      },
    }),
    expect: { policy: "violation" },
  },
  {
    title: "an old TLS, which a request without any does not have",
    resources: withTls({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
    expect: { policy: "violation" },
  },
  {
    title: "an Allow with TLS in place of a Deny without",
    resources: withTls({
      Effect: "Allow",
      Principal: { AWS: "111122223333" },
      Condition: { Bool: { "aws:SecureTransport": "true" } },
    }),
    expect: { policy: "violation" },
  },
  {
    title: "a policy that lets everybody read",
    resources: withAllow({}),
    expect: { policy: "violation" },
  },
  {
    title: "a policy that lets in whoever sends the right referer",
    resources: withAllow({ Condition: { StringLike: { "aws:Referer": "https://intranet.example.com/*" } } }),
    expect: { policy: "violation" },
  },
  {
    title: "half of all addresses, and the other half",
    resources: withAllow({ Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } } }),
    expect: { policy: "violation" },
  },
  {
    title: "everybody but one",
    resources: withAllow({
      Principal: undefined,
      NotPrincipal: { AWS: "arn:aws:iam::123456789012:user/jo" },
    }),
    expect: { policy: "violation" },
  },
  {
    title: "a policy that is not known yet",
    resources: [
      ...PRIVATE,
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "policy",
        props: { bucket: NAME, policy: UNKNOWN },
        from: { policy: ["bucket"] },
      },
    ],
    expect: { policy: "undecided" },
  },
  {
    title: "a policy that is not one",
    resources: [
      ...PRIVATE,
      {
        type: "aws:s3/bucketPolicy:BucketPolicy",
        name: "policy",
        props: { bucket: NAME, policy: '{"Statement":' },
      },
    ],
    expect: { policy: "undecided" },
  },
  {
    title: "a setting that is not known yet",
    resources: [
      DOCUMENT,
      bucket(),
      block({ ...ALL, blockPublicPolicy: UNKNOWN }),
      policy(TLS_ONLY),
      ownership("BucketOwnerEnforced"),
    ],
    expect: { block: "undecided" },
  },
  {
    title: "a policy that another provider writes",
    resources: [
      ...PRIVATE,
      { type: "aws-native:s3:BucketPolicy", name: "native", props: { bucket: NAME, policyDocument: {} } },
    ],
    expect: { native: "undecided" },
  },
  {
    title: "a policy that another provider writes, of another bucket",
    resources: [
      ...PRIVATE,
      policy(TLS_ONLY),
      { type: "aws-native:s3:BucketPolicy", name: "native", props: { bucket: "other", policyDocument: {} } },
    ],
    expect: {},
  },
  {
    title: "a bucket of another stack",
    resources: [DOCUMENT],
    expect: { shell: "undecided" },
  },
  {
    title: "a bucket of another stack that configuration vouches for",
    config: { trustedDestinations: ["acme-*"] },
    resources: [DOCUMENT],
    expect: {},
  },
];
