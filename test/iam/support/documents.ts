import {
  type Answer,
  type ConditionBlock,
  decide,
  type ParsedDocument,
  parsePolicyDocument,
  type PolicySet,
  type Question,
  type Statement,
} from "@bastionless/iam";

export const MFA = "aws:MultiFactorAuthPresent";
export const AGE = "aws:MultiFactorAuthAge";

export function document(...statements: readonly Statement[]): ParsedDocument {
  return named("document", ...statements);
}

export function named(name: string, ...statements: readonly Statement[]): ParsedDocument {
  const result = parsePolicyDocument({ Version: "2012-10-17", Statement: statements }, { name });
  if (result.kind !== "parsed") {
    throw new Error(JSON.stringify(result, undefined, 1));
  }
  return result.document;
}

interface Parts {
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

export function allow(Condition?: ConditionBlock, parts: Parts = {}): Statement {
  const condition = Condition === undefined ? {} : { Condition };
  return { Effect: "Allow", Action: "ssm:StartSession", Resource: "*", ...parts, ...condition };
}

export function deny(Condition?: ConditionBlock, parts: Parts = {}): Statement {
  return { ...allow(Condition, parts), Effect: "Deny" };
}

export function answer(question: Question, policies: PolicySet | readonly Statement[]): Answer {
  return decide(question, isStatements(policies) ? { identity: [document(...policies)] } : policies);
}

function isStatements(policies: PolicySet | readonly Statement[]): policies is readonly Statement[] {
  return Array.isArray(policies);
}
