import type { PolicyInput, Question } from "@bastionless/iam";
import type { Estate } from "../../estate/estate.ts";
import { keyPoliciesOf } from "../../estate/key-policy.ts";
import { logGroupEncryption } from "../../estate/log-encryption.ts";
import { known } from "../../estate/permissions-boundary.ts";
import type { ResourceRecord } from "../../estate/resource-record.ts";
import { placeOf, type StackPlace } from "../../estate/stack-place.ts";
import { iam } from "../../iam.ts";
import type { Unreadable } from "../../reader/read.ts";
import type { LogStore } from "./log-store.ts";
import { permissionOf } from "../access/permission.ts";
import { type Finding, satisfied, undecided, violation } from "../verdict.ts";

/** What CloudWatch Logs does with the key of a log group, each time with the group's ARN as the context. */
const ACTIONS = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"];

/**
 * Whether the keys of a log group let CloudWatch Logs in, for that group. The service calls by itself: only the key's
 * policy can allow it.
 *
 * Source: CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
export function decideServiceKeys(estate: Estate, { record, name }: LogStore): readonly Finding[] {
  const encryption = logGroupEncryption(estate, record);
  switch (encryption.kind) {
    case "customer-key":
      return encryption.keys.flatMap((key) => decideServiceKey(estate, record, name, key));
    case "unreadable":
      return [unreadable(encryption.urn, name, encryption.cause)];
    case "no-customer-key":
    case "outside-key":
      return [];
  }
}

function unreadable(urn: string, logGroup: string, cause: Unreadable): Finding {
  const what = `whether the key of the log group \`${logGroup}\` lets CloudWatch Logs in`;
  return { urn, verdict: undecided({ id: "unreadable-value", what, cause }) };
}

function decideServiceKey(
  estate: Estate,
  group: ResourceRecord,
  name: string,
  key: ResourceRecord,
): readonly Finding[] {
  const policies = keyPoliciesOf(estate, key);
  const place = placeOf(estate, group, [group, key]);
  const service = serviceOf(place);
  return policies.map((policy): Finding => {
    const { urn } = policy;
    if (policy.kind === "unreadable") {
      return unreadable(urn, name, policy.cause);
    }
    const documents = policy.kind === "policy" ? [known(policy.document)] : [];
    const asked = ACTIONS.map((action) => ({ action, ...askRegions(action, documents, name, place) }));
    const refused = asked.filter(({ kind }) => kind === "refused").map(({ action }) => action);
    if (refused.length > 0) {
      return {
        urn,
        verdict: violation({
          id: "log-key-refuses-service",
          logGroup: name,
          service,
          actions: refused,
          context: contextOf(name, place, "*"),
        }),
      };
    }
    const reasons = asked.flatMap((permission) => (permission.kind === "open" ? permission.reasons : []));
    return {
      urn,
      verdict:
        reasons.length > 0 || place.region === undefined
          ? undecided({
              id: "log-key-service-open",
              logGroup: name,
              reasons: reasons.length > 0 ? [...new Set(reasons)] : ["its Region is not known"],
            })
          : satisfied({ id: "log-key-lets-service-in", logGroup: name, service }),
    };
  });
}

/** In a Region that is not known, the service may be that of each Region which the policy names. */
function askRegions(
  action: string,
  documents: readonly PolicyInput[],
  name: string,
  place: StackPlace,
): ReturnType<typeof permissionOf> {
  if (place.region !== undefined) {
    return ask(action, documents, name, place, serviceOf(place));
  }
  const named = documents.flatMap((document) =>
    document.kind === "document"
      ? [...JSON.stringify(document.statements).matchAll(/\blogs\.([a-z0-9-]+)\.amazonaws\.com/g)]
      : [],
  );
  const answers = [...new Set(named.map(([, region]) => region)), undefined].map((region) => {
    const there = { ...place, region };
    return ask(action, documents, name, there, serviceOf(there));
  });
  const refused = answers.at(-1);
  return (
    answers.find(({ kind }) => kind === "open") ??
    (refused !== undefined && answers.every(({ kind }) => kind === "refused")
      ? refused
      : { kind: "open", reasons: ["its Region is not known"] })
  );
}

function serviceOf({ partition, region }: StackPlace): string {
  return `logs.${region ?? "REGION"}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}

function contextOf(name: string, { partition, region, account }: StackPlace, unknown: string): string {
  return `arn:${partition ?? unknown}:logs:${region ?? unknown}:${account ?? unknown}:log-group:${name}`;
}

function ask(
  action: string,
  documents: readonly PolicyInput[],
  name: string,
  place: StackPlace,
  service: string,
): ReturnType<typeof permissionOf> {
  const { matches, equals } = iam();
  const context = contextOf(name, place, "*");
  const key = "kms:EncryptionContext:aws:logs:arn";
  const question: Question = {
    name: "CloudWatch Logs uses the key",
    scenarios: [
      {
        name: action,
        checks: [
          { name: "key", actions: [action], resources: ["arn:{partition}:kms:{region}:{account}:key/{id}"] },
        ],
        keys: [context.includes("*") ? matches(key, context) : equals(key, context)],
        credentials: ["role"],
      },
    ],
    place: defined(place),
    principal: { kind: "service", id: service },
  };
  return permissionOf([{ question, policies: { resource: documents, combine: "resource" } }]);
}

/** What is known of a place. */
export function defined({ partition, region, account }: StackPlace): NonNullable<Question["place"]> {
  return {
    ...(partition === undefined ? {} : { partition }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}
