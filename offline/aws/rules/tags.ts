import type { CheckFailure } from "../../protocol/provider.ts";
import { isWireMap } from "../../protocol/wire.ts";
import { bare } from "../values.ts";
import type { Subject } from "./rule.ts";

/** Tags a resource may have. Source: Tagging AWS Resources User Guide, "Tag naming limits and requirements". */
const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** EC2 takes any character in its tags. Source: EC2 User Guide, "Tag restrictions". */
const OF_EC2 = /^aws:(?:ebs|ec2|ec2transitgateway|vpc)\//u;

function reasonOf(key: string, value: unknown, ofEc2: boolean): string | undefined {
  if (key === "" || key.length > LONGEST_KEY) {
    return `the key has ${key.length} characters: expected 1 to ${LONGEST_KEY}`;
  }
  if (/^aws:/iu.test(key)) {
    return "keys that start with `aws:` are AWS's own: rename the tag";
  }
  if (!ofEc2 && !CHARACTERS.test(key)) {
    return "the key has characters other than letters, numbers, spaces and _ . : / = + - @: rename the tag";
  }
  if (typeof value !== "string") {
    return undefined;
  }
  if (value.length > LONGEST_VALUE) {
    return `the value has ${value.length} characters: expected at most ${LONGEST_VALUE}`;
  }
  return ofEc2 || CHARACTERS.test(value)
    ? undefined
    : "the value has characters other than letters, numbers, spaces and _ . : / = + - @: change it";
}

/** Refuses the tags that AWS refuses; of `tagsAll` (with the provider's default tags) the number. */
export function checkTags({ inputs }: Subject, type: string): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  const tags = bare(inputs["tags"] ?? null).value;
  if (isWireMap(tags)) {
    for (const [key, value] of Object.entries(tags)) {
      const reason = reasonOf(key, value, OF_EC2.test(type));
      if (reason !== undefined) {
        failures.push({ property: `tags["${key}"]`, reason });
      }
    }
  }
  const all = bare(inputs["tagsAll"] ?? null).value;
  const count = isWireMap(all) ? Object.keys(all).length : 0;
  if (count > MOST_TAGS) {
    failures.push({
      property: "tags",
      reason: `${count} tags, with the provider's own: expected at most ${MOST_TAGS}`,
    });
  }
  return failures;
}
