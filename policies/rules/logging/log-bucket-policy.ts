import type { Answer } from "@bastionless/iam";
import { bucketPoliciesOf } from "../../estate/bucket-access.ts";
import type { Estate } from "../../estate/estate.ts";
import { readResourcePolicy } from "../../estate/resource-policy.ts";
import { identity, type ResourceRecord } from "../../estate/resource-record.ts";
import type { Place } from "../../reader/place.ts";
import { statementName } from "../access/access-fix.ts";
import { plainHttpAnswer, strangerAnswer } from "./bucket-policy-question.ts";
import { type Finding, satisfied, undecided, violation } from "../verdict.ts";

/** What the policies of a log bucket refuse and allow. S3 keeps one; where the stack writes several, each must do. */
export function decideBucketPolicies(
  estate: Estate,
  bucket: ResourceRecord,
  name: string,
): readonly Finding[] {
  const { policies, perhaps } = bucketPoliciesOf(estate, bucket);
  if (policies.length > 0) {
    return policies.flatMap(({ record, place }) => decidePolicy(bucket, name, record, place));
  }
  return perhaps.length > 0
    ? perhaps.map(({ urn, cause }) => ({
        urn,
        verdict: undecided({
          id: "unreadable-value",
          what: `whether the bucket \`${name}\` has a policy that requires TLS`,
          cause,
        }),
      }))
    : [
        {
          urn: bucket.urn,
          verdict: violation({ id: "log-bucket-plain-http", bucket: name, witness: undefined }),
        },
      ];
}

function decidePolicy(
  bucket: ResourceRecord,
  name: string,
  record: ResourceRecord,
  place: Place,
): readonly Finding[] {
  const policy = readResourcePolicy(record, place);
  const tell = (verdict: Finding["verdict"]): readonly Finding[] => [{ urn: record.urn, verdict }];
  if (policy?.kind !== "document") {
    const reasons =
      policy?.kind === "unknown"
        ? [policy.reason]
        : [policy?.problems.find(({ severity }) => severity === "error")?.message ?? "it cannot be read"];
    return tell(
      undecided({
        id: "log-bucket-policy-undecided",
        bucket: name,
        question: "requires TLS and lets no stranger in",
        reasons,
      }),
    );
  }
  const arnName = identity(bucket, "bucket");
  return [
    ...tell(plainHttpVerdict(name, plainHttpAnswer(policy, arnName))),
    ...tell(strangerVerdict(name, strangerAnswer(policy, arnName))),
  ];
}

function plainHttpVerdict(bucket: string, answer: Answer): Finding["verdict"] {
  switch (answer.kind) {
    case "none":
      return satisfied({ id: "log-bucket-tls-only", bucket });
    case "undecided":
      return open(bucket, "requires TLS", answer);
    case "witness":
      return violation({ id: "log-bucket-plain-http", bucket, witness: requestOf(answer) });
  }
}

function strangerVerdict(bucket: string, answer: Answer): Finding["verdict"] {
  switch (answer.kind) {
    case "none":
      return satisfied({ id: "log-bucket-policy-private", bucket });
    case "undecided":
      return open(bucket, "lets strangers in", answer);
    case "witness": {
      const [statement] = answer.checks[0]?.allowedBy ?? [];
      if (statement === undefined) {
        throw new Error("a witness that no statement allows");
      }
      return violation({
        id: "log-bucket-policy-public",
        bucket,
        statement: statementName(statement),
        ...requestOf(answer),
      });
    }
  }
}

function open(
  bucket: string,
  question: string,
  answer: Extract<Answer, { kind: "undecided" }>,
): Finding["verdict"] {
  return undecided({
    id: "log-bucket-policy-undecided",
    bucket,
    question,
    reasons: answer.reasons.map(({ message }) => message),
  });
}

function requestOf(answer: Extract<Answer, { kind: "witness" }>): {
  readonly action: string;
  readonly resource: string;
} {
  const [check] = answer.checks;
  if (check === undefined) {
    throw new Error("a witness without a check");
  }
  const { action, resource } = check.request;
  return { action, resource };
}
