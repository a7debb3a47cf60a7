import type { Answer, KeyConstraint, ParsedDocument, Question, Scenario } from "@bastionless/iam";
import { type AddressRange, parseCidr } from "../../estate/cidr.ts";
import { iam } from "../../iam.ts";

const OBJECT_ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:GetObjectVersion", "s3:DeleteObject"];
const BUCKET_ACTIONS = [
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:GetBucketPolicy",
  "s3:PutBucketPolicy",
  "s3:GetEncryptionConfiguration",
  "s3:DeleteBucket",
];

/**
 * "Is there a request without TLS that the policy does not refuse?", whoever makes it and whatever it asks for.
 *
 * Whoever the account's other policies let in is not known here, so everybody is taken to be: the policy's Denies alone
 * have to keep plain requests out.
 *
 * @param bucket Its name; undefined where S3 makes it up.
 */
export function plainHttpAnswer(policy: ParsedDocument, bucket: string | undefined): Answer {
  const keys = [iam().equals("aws:SecureTransport", "false")];
  return iam().decide(
    { name: "call without TLS", scenarios: scenarios(bucket, keys) },
    { identity: [everybody()], resource: [policy], combine: "identity" },
  );
}

/**
 * "Does the policy allow anything to a stranger?": somebody of an account that the policy does not name, outside every
 * organisation, calling from the internet.
 *
 * What S3 takes for a fixed value, such as a source address, an endpoint, an organisation or a user's id, a stranger
 * does not have; anything else that a caller chooses, such as a referer, does not keep one out.
 *
 * Source: S3 User Guide, "The meaning of public".
 */
export function strangerAnswer(policy: ParsedDocument, bucket: string | undefined): Answer {
  const { absent, decide, equals, outside } = iam();
  const accounts = [...new Set(JSON.stringify(policy.statements).match(/(?<!\d)\d{12}(?!\d)/g))];
  const keys: readonly KeyConstraint[] = [
    ...(accounts.length === 0 ? [] : [outside("aws:PrincipalAccount", ...accounts)]),
    { operator: "IpAddress", key: "aws:SourceIp", values: [...STRANGERS, ...farAddresses(policy)] },
    equals("aws:userid", "AIDASTRANGEREXAMPLE"),
    ...NOT_A_STRANGERS.map(absent),
  ];
  const question: Question = {
    name: "call as a stranger",
    scenarios: scenarios(bucket, keys).map((scenario) => ({ ...scenario, credentials: ["long-term"] })),
  };
  return decide(question, { resource: [policy] });
}

/** Addresses of documentation, which nobody has: a range that holds one of them is not somebody's own. */
const STRANGERS = ["198.51.100.7", "203.0.113.7", "2001:db8::7"];

/**
 * An address out of every range that an Allow has and that is nobody's own: S3 takes what is wider than /8, in IPv6 than
 * /32, for public.
 */
function farAddresses({ statements }: ParsedDocument): readonly string[] {
  const operands = statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ conditions }) => conditions)
    .filter(({ key, operator }) => operator.base === "IpAddress" && key.toLowerCase() === "aws:sourceip")
    .flatMap(({ values }) => values);
  return operands.flatMap((operand) => {
    const range = typeof operand === "string" ? parseCidr(operand) : undefined;
    return range !== undefined && range.last - range.first >= WIDEST[range.family] ? [lastOf(range)] : [];
  });
}

/** Addresses of the widest range that may be somebody's own. */
const WIDEST = { 4: 1n << 24n, 6: 1n << 96n } as const;

function lastOf({ family, last }: AddressRange): string {
  const [count, bits] = family === 4 ? [4, 8n] : [8, 16n];
  const parts = Array.from({ length: count }, (_, index) =>
    BigInt.asUintN(Number(bits), last >> (bits * BigInt(count - 1 - index))).toString(family === 4 ? 10 : 16),
  );
  return parts.join(family === 4 ? "." : ":");
}

const NOT_A_STRANGERS = [
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalServiceName",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOwner",
  "aws:SourceVpc",
  "aws:SourceVpcArn",
  "aws:SourceVpce",
  "s3:DataAccessPointAccount",
  "s3:DataAccessPointArn",
];

function scenarios(bucket: string | undefined, keys: readonly KeyConstraint[]): readonly Scenario[] {
  const arn = `arn:{partition}:s3:::${bucket ?? "{id}"}`;
  const objects = `${arn}/{name}`;
  // Names that read well come first, and any action at all last.
  return [
    { name: "an object", checks: [{ name: "object", actions: OBJECT_ACTIONS, resources: [objects] }], keys },
    { name: "the bucket", checks: [{ name: "bucket", actions: BUCKET_ACTIONS, resources: [arn] }], keys },
    {
      name: "anything",
      checks: [{ name: "any", actions: ["s3:*"], resources: [arn, objects] }],
      keys,
    },
  ];
}

const everybodys: { document?: ParsedDocument } = {};

/** What nobody holds, and everybody is taken to hold. */
function everybody(): ParsedDocument {
  if (everybodys.document === undefined) {
    const parsed = iam().parsePolicyDocument(
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
      { name: "everybody", kind: "identity" },
    );
    if (parsed.kind !== "parsed") {
      throw new Error("a document that allows everything cannot be read");
    }
    everybodys.document = parsed.document;
  }
  return everybodys.document;
}
