import { matching } from "./formats.ts";
import type { Format } from "./rule.ts";

/** The name of a role, user, policy, instance profile: so many word characters and `+=,.@-`. */
export function iamName(most: number): Format {
  return matching(
    new RegExp(`^[\\w+=,.@-]{1,${most}}$`, "u"),
    `1 to ${most} letters, digits and + = , . @ - _`,
  );
}

/** The path of an IAM resource. Source: IAM User Guide, "IAM identifiers". */
export const iamPath: Format = matching(
  /^\/(?:[\u0021-\u007e]+\/)?$/u,
  "a path that begins and ends with /, such as /people/",
);
