import type { Finding } from "./verdict.ts";

/** Each finding once: several ways may lead to one. */
export function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ urn, verdict }) => {
    const key = JSON.stringify([urn, verdict.kind, verdict.message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
