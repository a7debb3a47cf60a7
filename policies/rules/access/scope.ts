import type { PolicyConfigSchema } from "@pulumi/policy";
import type { RuleConfig } from "../rule.ts";

/** What a rule about permissions is asked of. */
export type Scope =
  /** Each document alone, as somebody else may receive it; and what one principal's documents say together. */
  | "document"
  /** All documents of one principal together: a Deny in one of them counts for the others. */
  | "principal";

/** Configuration of every rule that reads permissions. */
export const SCOPE: PolicyConfigSchema["properties"][string] = {
  type: "string",
  enum: ["document", "principal"],
  default: "document",
  description:
    "`document`: each policy document must keep the rule by itself, as somebody else may receive it. `principal`: all documents of a principal together must, so that a Deny in another policy and a permissions boundary count; a document that nobody in the stack holds is still held to it alone.",
};

export function scopeOf(config: RuleConfig): Scope {
  const value = config["scope"] ?? "document";
  if (value !== "document" && value !== "principal") {
    throw new TypeError(`\`scope\` is ${JSON.stringify(value)}, expected \`document\` or \`principal\``);
  }
  return value;
}
