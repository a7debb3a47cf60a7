import { at, atFirst, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList, readText } from "../reader/read.ts";
import { type Encryption, keyEncryption } from "./encryption-key.ts";
import type { Estate } from "./estate.ts";
import { resolveName } from "./reference.ts";
import { identity, properties, type ResourceRecord } from "./resource-record.ts";
import { settingsOf } from "./setting.ts";

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
  const { mine, perhaps } = settingsOf(estate, bucket, "bucket-encryption", "bucket");
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
    ? perhaps.map(({ urn, cause }) => ({ kind: "unreadable", cause, urn }))
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
