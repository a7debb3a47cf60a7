import { at, atFirst, isAbsent, type Place } from "../reader/place.ts";
import {
  firstUnreadable,
  isUnreadable,
  type Read,
  readBoolean,
  readInteger,
  readOneOrList,
  readText,
  type Unreadable,
} from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { settingsOf } from "./setting.ts";

/** How long something that keeps logs keeps them. */
export type Retention =
  | { readonly kind: "days"; readonly urn: string; readonly path: string; readonly days: number }
  /** From a date on nothing is kept: S3 deletes what is there, and what comes. */
  | { readonly kind: "until-date"; readonly urn: string; readonly path: string }
  /** `path`: the rules that do not expire all logs; empty where there are none. */
  | { readonly kind: "forever"; readonly urn: string; readonly path: string }
  | { readonly kind: "unreadable"; readonly urn: string; readonly cause: Unreadable };

/** The retention of a log group; CloudWatch Logs keeps events for ever where none is set, or 0. */
export function logGroupRetention(group: ResourceRecord): Retention {
  const { urn } = group;
  const place = at(properties(group), "retentionInDays");
  const days = readInteger(place);
  if (isUnreadable(days)) {
    return { kind: "unreadable", urn, cause: days };
  }
  return days.kind === "absent" || days.value === 0
    ? { kind: "forever", urn, path: place.path }
    : { kind: "days", urn, path: place.path, days: days.value };
}

/** A lifecycle rule, as far as it expires current versions of objects. */
interface ExpiryRule {
  readonly urn: string;
  readonly path: string;
  /** Whether it is about logs in a folder: all of them, some (`partly`), or none. */
  readonly covers: "all" | "none" | "partly" | Unreadable;
  readonly expiry: { readonly days: number } | "date" | "none" | Unreadable;
}

/**
 * What lifecycle rules make of the logs in a folder of a bucket: the shortest time that one of them leaves any log, and
 * `forever` where no rule expires all of them. Rules of a resource of their own, or of the bucket's older property.
 *
 * Source: S3 User Guide, "Lifecycle configuration elements".
 */
export function bucketRetention(
  estate: Estate,
  bucket: ResourceRecord,
  keyPrefix: Read<string>,
): readonly Retention[] {
  const { mine, perhaps } = settingsOf(estate, bucket, "bucket-lifecycle", "bucket");
  const props = properties(bucket);
  const inline = atFirst(props, "lifecycleRules", "lifecycleRule");
  const sources = [
    ...mine.map((record) => ({ urn: record.urn, rules: at(properties(record), "rules") })),
    ...(isAbsent(inline) ? [] : [{ urn: bucket.urn, rules: inline }]),
  ];
  const read = sources.map(({ urn, rules }) => ({ urn, path: rules.path, list: readOneOrList(rules) }));
  const unread = [
    ...read.flatMap(({ urn, list }) => (isUnreadable(list) ? [{ urn, cause: list }] : [])),
    ...perhaps,
  ].map((each): Retention => ({ kind: "unreadable", ...each }));
  const rules = read.flatMap(({ urn, list }) =>
    list.kind === "known" ? list.value.flatMap((rule) => readRule(urn, rule, keyPrefix)) : [],
  );
  const [first] = read;
  const none: Retention = {
    kind: "forever",
    urn: first?.urn ?? bucket.urn,
    path: first?.path ?? "",
  };
  return summarize(rules, unread, none);
}

function summarize(
  rules: readonly ExpiryRule[],
  unread: readonly Retention[],
  none: Retention,
): readonly Retention[] {
  const found: Retention[] = [];
  const doubts: Retention[] = [];
  let all = false;
  for (const { urn, path, covers, expiry } of rules) {
    if (covers === "none" || expiry === "none") {
      continue;
    }
    const cause =
      typeof covers === "object"
        ? covers
        : typeof expiry === "object" && "kind" in expiry
          ? expiry
          : undefined;
    if (cause !== undefined) {
      doubts.push({ kind: "unreadable", urn, cause });
    } else if (expiry === "date") {
      found.push({ kind: "until-date", urn, path: `${path}.expiration.date` });
      all ||= covers === "all";
    } else if (typeof expiry === "object" && "days" in expiry) {
      found.push({ kind: "days", urn, path: `${path}.expiration.days`, days: expiry.days });
      all ||= covers === "all";
    }
  }
  const open = [...doubts, ...unread];
  return all ? [...found, ...doubts] : open.length > 0 ? [...found, ...open] : [...found, none];
}

function readRule(urn: string, rule: Place, keyPrefix: Read<string>): readonly ExpiryRule[] {
  const status = readText(at(rule, "status"));
  const enabled = readBoolean(at(rule, "enabled"));
  if (
    (status.kind === "known" && status.value !== "Enabled") ||
    (enabled.kind === "known" && !enabled.value)
  ) {
    return [];
  }
  const { path } = rule;
  const doubt = firstUnreadable(status, enabled);
  const covers = doubt ?? coverage(rule, keyPrefix);
  const blocks = readOneOrList(atFirst(rule, "expiration", "expirations"));
  if (isUnreadable(blocks)) {
    return [{ urn, path, covers, expiry: blocks }];
  }
  return (blocks.kind === "known" ? blocks.value : []).map((block) => ({
    urn,
    path,
    covers,
    expiry: readExpiry(block),
  }));
}

function readExpiry(block: Place): ExpiryRule["expiry"] {
  const days = readInteger(at(block, "days"));
  const date = readText(at(block, "date"));
  if (isUnreadable(days)) {
    return days;
  }
  if (days.kind === "known" && days.value > 0) {
    return { days: days.value };
  }
  if (isUnreadable(date)) {
    return date;
  }
  return date.kind === "known" && date.value !== "" ? "date" : "none";
}

/** What a rule's filter has to do with logs below a prefix. A filter by tag or size takes only some of them. */
function coverage(rule: Place, keyPrefix: Read<string>): ExpiryRule["covers"] {
  const filter = at(rule, "filter");
  const and = at(filter, "and");
  let partly = false;
  for (const place of [
    at(filter, "tag"),
    at(filter, "objectSizeGreaterThan"),
    at(filter, "objectSizeLessThan"),
    at(and, "tags"),
    at(and, "objectSizeGreaterThan"),
    at(and, "objectSizeLessThan"),
    at(rule, "tags"),
  ]) {
    partly ||= !isAbsent(place);
  }
  const prefixes = [at(rule, "prefix"), at(filter, "prefix"), at(and, "prefix")].map(readText);
  const doubt = firstUnreadable(...prefixes, keyPrefix);
  if (doubt !== undefined) {
    return doubt;
  }
  const logs = keyPrefix.kind === "known" ? keyPrefix.value.replace(/\/+$/, "") : "";
  for (const prefix of prefixes) {
    if (prefix.kind === "known" && !(logs === "" ? "" : `${logs}/`).startsWith(prefix.value)) {
      if (!prefix.value.startsWith(logs === "" ? "" : `${logs}/`)) {
        return "none";
      }
      partly = true;
    }
  }
  return partly ? "partly" : "all";
}
