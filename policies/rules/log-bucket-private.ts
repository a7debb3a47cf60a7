import { aclGrantsOf, ownershipOf, PUBLIC_ACCESS_FLAGS, publicAccessOf } from "../estate/bucket-access.ts";
import type { Estate } from "../estate/estate.ts";
import { destinationName } from "../estate/log-encryption.ts";
import type { ResourceRecord } from "../estate/resource-record.ts";
import type { Unreadable } from "../reader/read.ts";
import { distinct } from "./distinct.ts";
import { decideBucketPolicies } from "./logging/log-bucket-policy.ts";
import { logStoresOf, outsideStores, trustedDestinations, unseenStores } from "./logging/log-store.ts";
import type { Rule } from "./rule.ts";
import { type Finding, satisfied, undecided, violation } from "./verdict.ts";

const QUESTION = "whether the log bucket is private";

/**
 * The bucket that keeps what people typed in sessions is nobody else's to read, and is not read in the clear.
 *
 * What its policy refuses and allows is decided for every request there can be, not matched against a known statement.
 */
export const logBucketPrivate: Rule = {
  id: "log-bucket-private",
  displayName: "Log bucket private",
  description:
    "Buckets that keep session logs block public access, have no ACLs in force, and refuse requests without TLS.",
  severity: "high",
  framework: {
    name: "CIS AWS Foundations Benchmark",
    version: "3.0.0",
    reference: "2.1.1, 2.1.4",
    specification: "S3 bucket policies deny HTTP requests, and S3 is configured to block public access.",
  },
  otherFrameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "S3.2, S3.3, S3.5, S3.8, S3.12",
      specification:
        "Buckets block public read and write access, at bucket level too, require TLS, and do not use ACLs.",
    },
  ],
  tags: ["logging", "s3"],
  remediation:
    'Give the bucket a BucketPublicAccessBlock with all four settings true, BucketOwnershipControls with `BucketOwnerEnforced`, and a policy that denies `s3:*` to `"*"` on the bucket and its objects where `aws:SecureTransport` is false.',
  configSchema: {
    properties: { trustedDestinations: trustedDestinations("to be private") },
  },
  decideResource: (facts) => unseenStores(facts, QUESTION, ["bucket"]),
  decideStack: (estate, config) => {
    const { stores, outside } = logStoresOf(estate, ["bucket"]);
    return distinct([
      ...outsideStores(outside, "whether public access is blocked and TLS required", config),
      ...stores.flatMap(({ record }) => decideBucket(estate, record)),
    ]);
  },
};

function decideBucket(estate: Estate, bucket: ResourceRecord): readonly Finding[] {
  const name = destinationName(bucket);
  return [
    ...decidePublicAccess(estate, bucket, name),
    ...decideAcls(estate, bucket, name),
    ...decideBucketPolicies(estate, bucket, name),
  ];
}

function decidePublicAccess(estate: Estate, bucket: ResourceRecord, name: string): readonly Finding[] {
  const { declared, flags } = publicAccessOf(estate, bucket);
  const off: string[] = [];
  let urn = bucket.urn;
  for (const flag of PUBLIC_ACCESS_FLAGS) {
    const held = flags.get(flag);
    if (held?.kind === "off") {
      off.push(flag);
      urn = held.urn;
    }
  }
  if (off.length > 0) {
    return [
      { urn, verdict: violation({ id: "log-bucket-open-to-public", bucket: name, flags: off, declared }) },
    ];
  }
  const open = [...flags.values()].flatMap((held) => (held.kind === "unreadable" ? [held] : []));
  return open.length > 0
    ? open.map((held) => unreadable(held, `whether the bucket \`${name}\` blocks public access`))
    : [
        {
          urn: bucket.urn,
          verdict: satisfied({ id: "log-bucket-public-access-blocked", bucket: name }),
        },
      ];
}

/** With `BucketOwnerEnforced`, and for a new bucket of which nothing is said, ACLs are off. */
function decideAcls(estate: Estate, bucket: ResourceRecord, name: string): readonly Finding[] {
  const grants = aclGrantsOf(estate, bucket);
  const ownership = ownershipOf(estate, bucket);
  const open = grants.flatMap((grant) =>
    grant.kind === "public"
      ? [
          {
            urn: grant.urn,
            verdict: violation({ id: "log-bucket-acl-public", bucket: name, grant: grant.what }),
          },
        ]
      : [],
  );
  const inForce = ownership.flatMap((controls) =>
    controls.kind === "known" && controls.value !== ENFORCED
      ? [
          {
            urn: controls.urn,
            verdict: violation({
              id: "log-bucket-acls-in-force",
              bucket: name,
              ownership: controls.value,
            }),
          },
        ]
      : [],
  );
  const found = [...open, ...inForce];
  if (found.length > 0) {
    return found;
  }
  const doubtful = ownership.flatMap((controls) => (controls.kind === "unreadable" ? [controls] : []));
  const unread = [
    ...doubtful,
    ...grants.flatMap((grant) => (grant.kind === "unreadable" ? [grant] : [])),
  ].map((held) => unreadable(held, `whether an ACL decides who reads the bucket \`${name}\``));
  if (unread.length > 0) {
    return unread;
  }
  const [others] = grants.flatMap((grant) => (grant.kind === "others" ? [grant] : []));
  return [
    others !== undefined && ownership.length === 0
      ? {
          urn: others.urn,
          verdict: violation({ id: "log-bucket-acls-in-force", bucket: name, ownership: undefined }),
        }
      : { urn: bucket.urn, verdict: satisfied({ id: "log-bucket-owned", bucket: name }) },
  ];
}

const ENFORCED = "BucketOwnerEnforced";

function unreadable(
  { urn, cause }: { readonly urn: string; readonly cause: Unreadable },
  what: string,
): Finding {
  return { urn, verdict: undecided({ id: "unreadable-value", what, cause }) };
}
