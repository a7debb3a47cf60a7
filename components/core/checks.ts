import type { Check } from "./problems.ts";

/** A whole number in a closed range. */
export function wholeNumber(minimum: number, maximum: number, unit: string): Check<number> {
  return (value) =>
    Number.isInteger(value) && value >= minimum && value <= maximum
      ? undefined
      : {
          expected: `a whole number of ${unit} from ${minimum} to ${maximum}`,
          remedy: "choose one in that range",
        };
}

/** One of a fixed list of values. */
export function oneOf<T extends string | number>(values: readonly T[]): Check<T> {
  return (value) =>
    values.includes(value)
      ? undefined
      : {
          expected: `one of ${values.map((allowed) => `\`${allowed}\``).join(", ")}`,
          remedy: "choose one of them",
        };
}

/** A string that matches a pattern as a whole. */
export function matching(
  pattern: RegExp,
  expected: string,
  remedy = "change it to that form",
): Check<string> {
  return (value) => (pattern.test(value) ? undefined : { expected, remedy });
}

/** A string of limited length, not empty. */
export function text(maximum: number): Check<string> {
  return (value) =>
    value.length >= 1 && value.length <= maximum
      ? undefined
      : { expected: `1 to ${maximum} characters`, remedy: "shorten it, or leave the argument out" };
}

/**
 * A script, perhaps none, that fits into a document twice, once for each operating system: a document holds 64 KB of JSON.
 *
 * Source: Systems Manager API Reference, CreateDocument.
 */
export const script: Check<string> = (value) =>
  Buffer.byteLength(JSON.stringify(value)) - 2 <= SCRIPT_BYTES
    ? undefined
    : {
        expected: `at most ${SCRIPT_BYTES} bytes as JSON`,
        remedy: "keep the script in a bucket or an image, and call it",
      };

const SCRIPT_BYTES = 20_000;

export const notBlank: Check<string> = (value) =>
  value.trim() === ""
    ? { expected: "more than nothing", remedy: "say what is to be run, or leave it out" }
    : undefined;

export const accountId = matching(/^\d{12}$/, "the twelve digits of an account");

export const organizationId = matching(/^o-[a-z0-9]{10,32}$/, "the id of an organization, as `o-a1b2c3d4e5`");

export const regionName = matching(/^[a-z]{2,4}(?:-[a-z]+)+-\d$/, "a Region, as `eu-west-1`");

/** The prefix of objects in a bucket: folders, of letters that no tool has to quote. */
export function keyPrefix(maximum: number): Check<string> {
  return every(
    text(maximum),
    matching(
      /^[\w!.*'()-]+(?:\/[\w!.*'()-]+)*$/,
      "folders of letters, digits and `!_.*'()-`, no slash at either end",
    ),
  );
}

/** What Systems Manager takes as a prefix. Source: API Reference, SendCommand, `OutputS3KeyPrefix`. */
export const s3KeyPrefix = keyPrefix(500);

/** The first fault that any of the checks finds. */
export function every<T>(...checks: readonly Check<T>[]): Check<T> {
  return (value) => {
    for (const check of checks) {
      const fault = check(value);
      if (fault !== undefined) {
        return fault;
      }
    }
    return undefined;
  };
}

/** A TCP port. */
export const port: Check<number> = (value) =>
  Number.isInteger(value) && value >= 1 && value <= 65535
    ? undefined
    : { expected: "a TCP port from 1 to 65535", remedy: "give the port as a number" };

const ARN = /^arn:aws(?:-[a-z]+)*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:\S+$/;

/** An ARN of one service, in any partition. */
export function arnOf(service: string, example: string): Check<string> {
  return (value) =>
    ARN.test(value) && value.split(":")[2] === service
      ? undefined
      : { expected: `an ARN of ${service}, as \`${example}\``, remedy: "give the whole ARN" };
}
