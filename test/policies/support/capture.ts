import type { Message } from "@bastionless/policies/messages/message.ts";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import type { Rule, RuleConfig } from "@bastionless/policies/rules/rule.ts";
import type { Verdict } from "@bastionless/policies/rules/verdict.ts";
import { runRules } from "./run-rules.ts";
import { toStack } from "./stack.ts";

export interface Captured {
  /** Name of the resource. */
  readonly on: string;
  readonly kind: Verdict["kind"];
  readonly message: Message;
}

/** What a rule finds in a stack, as data: what was satisfied too. */
export function capture(
  rule: Rule,
  resources: readonly ExampleResource[],
  config: RuleConfig = {},
): readonly Captured[] {
  const captured: Captured[] = [];
  const keep = (urn: string, { kind, message }: Verdict): void => {
    captured.push({ on: urn.split("::").at(-1) ?? urn, kind, message });
  };
  const watched: Rule = {
    ...rule,
    decideResource: (facts, given) => {
      const verdicts = rule.decideResource(facts, given);
      verdicts.forEach((verdict) => {
        keep(facts.record.urn, verdict);
      });
      return verdicts;
    },
    decideStack: (estate, given) => {
      const findings = rule.decideStack?.(estate, given) ?? [];
      findings.forEach(({ urn, verdict }) => {
        keep(urn, verdict);
      });
      return findings;
    },
  };
  runRules([watched], toStack(resources), { [rule.id]: config });
  return captured;
}
