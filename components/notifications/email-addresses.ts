import { every, matching, text } from "../core/checks.ts";
import { each } from "../core/lists.ts";
import type { Problems } from "../core/problems.ts";

/** SNS takes more: more people are better told through one address of a list. */
const MOST_EMAILS = 10;

const email = every(
  text(254),
  matching(/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/, "an address for e-mail, as `audit@example.org`"),
);

/** The addresses that are told of something: each once, and not more than ten. */
export function emailAddresses(
  problems: Problems,
  path: string,
  emails: readonly string[],
): readonly string[] {
  each(problems, path, emails, email, MOST_EMAILS);
  return emails;
}
