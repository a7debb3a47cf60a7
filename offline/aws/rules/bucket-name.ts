import { isIPv4 } from "node:net";

import type { Format } from "./rule.ts";
import { asText } from "../values.ts";

/** Beginnings and ends that S3 keeps for itself. */
const RESERVED = [
  /^xn--/u,
  /^sthree-/u,
  /^amzn-s3-demo-/u,
  /-s3alias$/u,
  /--ol-s3$/u,
  /\.mrap$/u,
  /--x-s3$/u,
  /--table-s3$/u,
];

/**
 * The name of a general purpose bucket.
 *
 * Source: S3 User Guide, "General purpose bucket naming rules".
 */
export const bucketName: Format = (value) => {
  const name = asText(value);
  if (name.length < 3 || name.length > 63) {
    return `has ${name.length} characters: expected 3 to 63`;
  }
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/u.test(name)) {
    return "is refused: expected lower-case letters, digits, dots and hyphens, with a letter or digit at both ends";
  }
  if (name.includes("..") || isIPv4(name)) {
    return "is refused: two dots in a row, and the form of an IP address, are not allowed";
  }
  return RESERVED.some((pattern) => pattern.test(name))
    ? "is refused: it has a prefix or suffix that S3 reserves"
    : undefined;
};
