import type { Tokens } from "../match/tokens.ts";

export type ValueType = "text" | "boolean" | "integer" | "date" | "ip";

/** The values that a key can have in a real request. */
export interface Domain {
  readonly presence: "optional" | "required" | "never";
  /** Undefined: any. */
  readonly type: ValueType | undefined;
  readonly values: "single" | "several";
  /** Texts it may have, where not every text; a value matches one of them. */
  readonly shapes: readonly Tokens[] | undefined;
  /** Tried first, for witnesses that read well. */
  readonly examples: readonly string[];
}

export const FREE: Domain = {
  presence: "optional",
  type: undefined,
  values: "single",
  shapes: undefined,
  examples: ["example"],
};

const TYPES: ReadonlyMap<string, Partial<Domain>> = new Map(
  Object.entries({
    "aws:multifactorauthpresent": { type: "boolean" },
    "aws:multifactorauthage": { type: "integer", examples: ["300"] },
    "aws:viaawsservice": { type: "boolean", presence: "required", examples: ["false", "true"] },
    "aws:principalisawsservice": { type: "boolean", presence: "required", examples: ["false"] },
    "aws:securetransport": { type: "boolean", presence: "required", examples: ["true", "false"] },
    "aws:currenttime": { type: "date", presence: "required" },
    "aws:tokenissuetime": { type: "date" },
    "aws:sourceip": { type: "ip", examples: ["198.51.100.7"] },
    "aws:vpcsourceip": { type: "ip", examples: ["10.0.0.7"] },
    "aws:useragent": { presence: "required", examples: ["aws-cli"] },
    "aws:userid": { presence: "required", examples: ["AIDAEXAMPLE"] },
    "aws:username": { examples: ["alice"] },
    "aws:requestedregion": { presence: "required" },
    "aws:principalaccount": { presence: "required" },
    "aws:resourceaccount": { presence: "required" },
    "aws:principalarn": { presence: "required" },
    "aws:principaltype": { presence: "required" },
    "ssm:sessiondocumentaccesscheck": { type: "boolean" },
    "sts:externalid": { examples: ["example-external-id"] },
    "aws:resourcetag/aws:ssmmessages:session-id": { examples: ["AROAEXAMPLE:bob"] },
    "aws:calledvia": { values: "several", examples: ["cloudformation.amazonaws.com"] },
    "aws:tagkeys": { values: "several", examples: ["Name"] },
    "aws:principalorgpaths": { values: "several" },
    "aws:resourceorgpaths": { values: "several" },
    "aws:sourceorgpaths": { values: "several" },
    "aws:principalservicenameslist": { values: "several" },
  } satisfies Record<string, Partial<Domain>>),
);

/** Keys of one value whatever operator a policy uses on them, by prefix. */
const SINGLE = ["aws:", "ssm:resourcetag/", "ec2:resourcetag/"] as const;

/**
 * What is known of a key's values.
 *
 * @param key Lower case.
 * @param withSetOperator Whether a document asks for it with `ForAllValues` or `ForAnyValue`.
 *
 * Source: IAM User Guide, "AWS global condition context keys".
 */
export function domainOf(key: string, withSetOperator: boolean): Domain {
  const known = TYPES.get(key);
  const values = withSetOperator && !SINGLE.some((prefix) => key.startsWith(prefix)) ? "several" : "single";
  return { ...FREE, values, ...known };
}
