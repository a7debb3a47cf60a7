import assert from "node:assert/strict";
import {
  type Answer,
  decide,
  evaluate,
  type ParsedDocument,
  parsePolicyDocument,
  type PolicySet,
  type Question,
  type Request,
} from "@bastionless/iam";
import type { PolicyStatement } from "../../../components/core/policy-document.ts";
import { policyJson } from "../../../components/core/policy-document.ts";

type Kind = "identity" | "resource" | "trust";

/** A document as IAM reads it; one with a problem fails the test. */
export function parsed(source: string | readonly PolicyStatement[], kind: Kind = "identity"): ParsedDocument {
  const result = parsePolicyDocument(typeof source === "string" ? source : policyJson(source), { kind });
  assert.equal(result.kind, "parsed");
  assert.deepEqual(result.problems, []);
  return result.document;
}

export function decisionOf(request: Request, policies: PolicySet): string {
  return evaluate(request, policies).decision;
}

/** `none` is a proof for every request; a witness or an open question is shown where it is not expected. */
export function answerOf(question: Question, policies: PolicySet): Answer["kind"] {
  return decide(question, policies).kind;
}
