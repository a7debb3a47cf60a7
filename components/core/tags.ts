import type { Input } from "@pulumi/pulumi";
import type { Check, Problems } from "./problems.ts";

export type Tags = Readonly<Record<string, Input<string>>>;

/**
 * AWS takes 50 tags of one's own on a resource. Three stay free for `Project`, `Environment` and the `Name` that some
 * resources carry.
 */
export const OWNER_TAGS = 47;

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Limits: AWS Tagging User Guide, "Tag naming limits and requirements". */
export const tagKey: Check<string> = (value) => {
  if (/^aws:/i.test(value)) {
    return {
      expected: "a tag key that does not start with `aws:`, which AWS reserves",
      remedy: "rename the tag",
    };
  }
  return value.length >= 1 && value.length <= 128 && CHARACTERS.test(value)
    ? undefined
    : {
        expected: "a tag key of 1 to 128 letters, digits, spaces and `_.:/=+-@`",
        remedy: "rename the tag",
      };
};

export const tagValue: Check<string> = (value) =>
  typeof value === "string" && value.length <= 256 && CHARACTERS.test(value)
    ? undefined
    : {
        expected: "a tag value of up to 256 letters, digits, spaces and `_.:/=+-@`",
        remedy: "change or shorten the value",
      };

/**
 * The tags of every resource: `Project`, `Environment` and the owner's own.
 *
 * The owner's may set `Project` and `Environment` themselves. IAM compares tag keys without regard to case, so keys that
 * differ only in case are an error everywhere.
 *
 * @param pathOf the argument that a tag of the owner's comes from
 */
export function planTags(
  problems: Problems,
  fixed: Readonly<Record<string, string>>,
  owner: Tags = {},
  pathOf: (key: string) => string = (key) => `tags[${JSON.stringify(key)}]`,
): Tags {
  const entries = Object.entries(owner);
  if (entries.length > OWNER_TAGS) {
    problems.add("tags", `${entries.length} tags`, {
      expected: `at most ${OWNER_TAGS} tags`,
      remedy: "leave some out: AWS takes 50, and three are set here",
    });
  }
  const spelling = new Map(Object.keys(fixed).map((name) => [name.toLowerCase(), name]));
  const tags = new Map<string, Input<string>>(Object.entries(fixed));
  for (const [name, value] of entries) {
    const path = pathOf(name);
    problems.check(path, name, tagKey);
    const same = spelling.get(name.toLowerCase());
    if (same !== undefined && same !== name) {
      problems.add(path, name, {
        expected: `one spelling of a tag key, and \`${same}\` is there already`,
        remedy: "use one of the two: IAM tells tag keys apart without regard to case",
      });
    }
    spelling.set(name.toLowerCase(), name);
    tags.set(name, problems.input(path, value, tagValue));
  }
  for (const [name, value] of Object.entries(fixed)) {
    if (!Object.hasOwn(owner, name)) {
      problems.check(`tags[${JSON.stringify(name)}]`, value, tagValue);
    }
  }
  return Object.fromEntries(tags);
}
