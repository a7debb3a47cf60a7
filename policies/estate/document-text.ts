import type { ParsedDocument, ParseResult } from "@bastionless/iam";
import { iam } from "../iam.ts";

type Kind = "identity" | "resource" | "trust";

/** Texts that are remembered; beyond that, all are forgotten. */
const MOST_TEXTS = 2000;
/** Longer ones are read each time: nobody writes them into every role. */
const LONGEST_TEXT = 20_000;

/** By kind and text. */
const read = new Map<string, ParsedDocument>();

/**
 * Reads a policy document that is wholly known.
 *
 * Fleets repeat themselves: one text stands in a thousand roles. It is read once, and the documents made of it share
 * their statements, by which answers are remembered ({@link import("../rules/access/answer-memo.ts").contentOf}).
 */
export function parseText(text: string, name: string, kind: Kind): ParseResult {
  const key = `${kind} ${text}`;
  const known = read.get(key);
  if (known !== undefined) {
    return { kind: "parsed", document: { ...known, name }, problems: [] };
  }
  const result = iam().parsePolicyDocument(text, { name, kind });
  if (result.kind === "parsed" && text.length <= LONGEST_TEXT) {
    if (read.size >= MOST_TEXTS) {
      read.clear();
    }
    read.set(key, result.document);
  }
  return result;
}
