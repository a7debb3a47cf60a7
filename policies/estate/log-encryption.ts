import { at, atFirst, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { resolve, resolveName } from "./reference.ts";
import { identity, properties, type ResourceRecord } from "./resource-record.ts";

/** What encrypts something at rest. */
export type Encryption =
  /** A key that the account's owner made, and can look after. */
  | { readonly kind: "customer-key"; readonly key: string }
  /** `AES256`, or no configuration: a key of S3's own. `aws-managed`: `aws/s3` and the like. `service`: CloudWatch's own. */
  | {
      readonly kind: "no-customer-key";
      readonly instead: "aes256" | "aws-managed" | "service-owned";
      /** The resource that says so. */
      readonly urn: string;
      readonly path: string;
    }
  /** A key that is not in the stack: whose it is cannot be seen. */
  | { readonly kind: "outside-key"; readonly key: string; readonly urn: string; readonly path: string }
  | { readonly kind: "unreadable"; readonly cause: Unreadable; readonly urn: string };

/** What encrypts a log group. One with no key is encrypted with a key that CloudWatch Logs owns. */
export function logGroupEncryption(estate: Estate, group: ResourceRecord): Encryption {
  const place = at(properties(group), "kmsKeyId");
  if (isAbsent(place) || place.data === "") {
    return { kind: "no-customer-key", instead: "service-owned", urn: group.urn, path: "kmsKeyId" };
  }
  return keyEncryption(estate, group, place);
}

/**
 * What encrypts new objects of a bucket: its encryption resources, or the block in itself, one entry for each rule.
 *
 * Without either S3 encrypts with keys of its own (SSE-S3).
 */
export function bucketEncryption(estate: Estate, bucket: ResourceRecord): readonly Encryption[] {
  const configurations = estate.byKind.get("bucket-encryption") ?? [];
  const mine: ResourceRecord[] = [];
  const perhaps: Encryption[] = [];
  for (const configuration of configurations) {
    const target = resolve(estate, configuration, at(properties(configuration), "bucket"), ["bucket"]);
    if (target.kind === "found" && target.records.some((record) => record.urn === bucket.urn)) {
      mine.push(configuration);
    } else if (target.kind === "unreadable") {
      perhaps.push({ kind: "unreadable", cause: target.cause, urn: configuration.urn });
    }
  }
  if (mine.length > 0) {
    return mine.flatMap((configuration) =>
      rulesEncryption(estate, configuration, at(properties(configuration), "rules")),
    );
  }
  const inline = atFirst(
    properties(bucket),
    "serverSideEncryptionConfiguration",
    "serverSideEncryptionConfigurations",
  );
  if (!isAbsent(inline)) {
    return each(inline, bucket, (block) => rulesEncryption(estate, bucket, atFirst(block, "rule", "rules")));
  }
  // A configuration whose bucket is not known may be this one's.
  return perhaps.length > 0
    ? perhaps
    : [{ kind: "no-customer-key", instead: "aes256", urn: bucket.urn, path: "" }];
}

function rulesEncryption(estate: Estate, owner: ResourceRecord, rules: Place): readonly Encryption[] {
  if (isAbsent(rules)) {
    return [{ kind: "no-customer-key", instead: "aes256", urn: owner.urn, path: rules.path }];
  }
  return each(rules, owner, (rule) =>
    each(
      atFirst(rule, "applyServerSideEncryptionByDefault", "applyServerSideEncryptionByDefaults"),
      owner,
      (byDefault) => [algorithmEncryption(estate, owner, byDefault)],
    ),
  );
}

function algorithmEncryption(estate: Estate, owner: ResourceRecord, byDefault: Place): Encryption {
  const algorithm = readText(at(byDefault, "sseAlgorithm"));
  if (isUnreadable(algorithm)) {
    return { kind: "unreadable", cause: algorithm, urn: owner.urn };
  }
  const isKms =
    algorithm.kind === "known" && (algorithm.value === "aws:kms" || algorithm.value === "aws:kms:dsse");
  if (!isKms) {
    return { kind: "no-customer-key", instead: "aes256", urn: owner.urn, path: byDefault.path };
  }
  const key = at(byDefault, "kmsMasterKeyId");
  if (isAbsent(key) || key.data === "") {
    return { kind: "no-customer-key", instead: "aws-managed", urn: owner.urn, path: key.path };
  }
  return keyEncryption(estate, owner, key);
}

function each(
  place: Place,
  owner: ResourceRecord,
  read: (member: Place) => readonly Encryption[],
): readonly Encryption[] {
  const list = readOneOrList(place);
  if (isUnreadable(list)) {
    return [{ kind: "unreadable", cause: list, urn: owner.urn }];
  }
  if (list.kind === "absent" || list.value.length === 0) {
    return [{ kind: "no-customer-key", instead: "aes256", urn: owner.urn, path: place.path }];
  }
  return list.value.flatMap(read);
}

/** Names of aliases that only AWS makes, for the keys it manages. */
const AWS_ALIAS = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\/aws\//;
const ANY_ALIAS = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\//;

/** Whose key a property names. */
export function keyEncryption(estate: Estate, owner: ResourceRecord, place: Place): Encryption {
  const { urn } = owner;
  const { path } = place;
  const key = readText(place);
  if (key.kind === "known" && AWS_ALIAS.test(key.value)) {
    return { kind: "no-customer-key", instead: "aws-managed", urn, path };
  }
  if (key.kind === "known" && ANY_ALIAS.test(key.value)) {
    return { kind: "customer-key", key: key.value };
  }
  const target = resolve(estate, owner, place, ["key", "alias"]);
  switch (target.kind) {
    case "absent":
      return { kind: "no-customer-key", instead: "aws-managed", urn, path };
    case "found":
      return { kind: "customer-key", key: target.records.map((record) => record.urn).join(", ") };
    case "outside":
      return { kind: "outside-key", key: target.value, urn, path };
    case "unreadable":
      return { kind: "unreadable", cause: target.cause, urn };
  }
}

/** The buckets or log groups that a document's name means. */
export function destinationsNamed(
  estate: Estate,
  from: ResourceRecord,
  kind: "bucket" | "log-group",
  name: string,
): readonly ResourceRecord[] {
  const target = resolveName(estate, from, name, [kind]);
  return target.kind === "found" ? target.records : [];
}

/** How messages call a destination. */
export function destinationName(record: ResourceRecord): string {
  return identity(record, "bucket") ?? identity(record, "name") ?? record.name;
}
