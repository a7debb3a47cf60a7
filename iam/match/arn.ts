import type { Token, Tokens } from "./tokens.ts";

const COLON = 58;

/**
 * The reading of an ARN pattern in which wildcards of the first five segments do not cross colons.
 *
 * `*` alone is every ARN. Undefined where the pattern has fewer than six segments: AWS does not say what such a
 * pattern matches.
 *
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
export function segmented(tokens: Tokens): Tokens | undefined {
  if (tokens.length === 1 && tokens[0]?.kind === "star") {
    return tokens;
  }
  let colons = 0;
  const result: Token[] = [];
  for (const token of tokens) {
    if (token.kind === "char") {
      colons += token.code === COLON ? 1 : 0;
      result.push(token);
    } else {
      result.push(colons < 5 ? { kind: token.kind, of: "not-colon" } : token);
    }
  }
  return colons >= 5 ? result : undefined;
}

/**
 * The narrow reading of a `Resource` pattern: a wildcard within a segment stays within it. A star that ends its segment
 * goes on beyond the colon, as AWS documents.
 */
export function withinSegments(tokens: Tokens): Tokens {
  let colons = 0;
  return tokens.map((token, index): Token => {
    if (token.kind === "char") {
      colons += token.code === COLON ? 1 : 0;
      return token;
    }
    const next = tokens[index + 1];
    const endsSegment = next === undefined || (next.kind === "char" && next.code === COLON);
    return colons >= 5 || (token.kind === "star" && endsSegment)
      ? token
      : { kind: token.kind, of: "not-colon" };
  });
}
