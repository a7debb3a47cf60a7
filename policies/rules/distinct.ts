import type { Finding, Verdict } from "./verdict.ts";

/** Several documents may name one bucket, log group or key: what is so of it is told once. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ urn, verdict }) => {
    const key = JSON.stringify([urn, verdict.kind, verdict.message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Several questions about one document may have one answer. */
export function distinctVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  return distinct(verdicts.map((verdict) => ({ urn: "", verdict }))).map(({ verdict }) => verdict);
}
