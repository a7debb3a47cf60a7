import type { RemediationRecord, Violation } from "@bastionless/offline/engine/index.ts";
import type { EngineRemediation, EngineViolation } from "./events.ts";
import { wireFormOf } from "./wire-form.ts";

/** A violation in the form of the real engine's event: what `pulumi preview` shows, and what it is about. */
export type ComparableViolation = EngineViolation;

/** What the offline engine found, as the real engine would report it; sorted. */
export function offlineViolations(violations: readonly Violation[]): readonly ComparableViolation[] {
  return sorted(
    violations.map(({ pack, policy, enforcement, severity, urn, message }) => ({
      pack,
      policy,
      enforcement,
      // The engine leaves an unspecified severity out of its events.
      severity: severity === "unspecified" ? "" : severity,
      urn,
      message,
    })),
  );
}

/** By resource, policy and message: engines report what they find in the order in which resources are registered. */
export function sorted(violations: readonly ComparableViolation[]): readonly ComparableViolation[] {
  const key = ({ urn, pack, policy, message }: ComparableViolation): string =>
    [urn, pack, policy, message].join("\0");
  return violations.toSorted((a, b) => key(a).localeCompare(key(b)));
}

/** What the offline engine's policies changed, as the real engine reports it, in order. */
export function offlineRemediations(
  remediations: readonly RemediationRecord[],
): readonly EngineRemediation[] {
  return remediations.map(({ pack, policy, urn, before, after }) => ({
    pack,
    policy,
    urn,
    before: wireFormOf(before),
    after: wireFormOf(after),
  }));
}
