import type { Outcome, Violation } from "../../engine/index.ts";
import type { Palette } from "./palette.ts";
import { isMandatory, mark } from "./verdict.ts";
import { visible } from "./visible.ts";

/**
 * Every policy of every pack with its verdict, then each finding in full. Of a run that failed, a policy without a
 * finding has not passed: not every resource was there to be seen.
 */
export function policyLines(
  { kind, packs, violations, remediations }: Pick<Outcome, "kind" | "packs" | "violations" | "remediations">,
  palette: Palette,
): readonly string[] {
  return packs.flatMap((pack) => {
    const ofPack = violations.filter((violation) => violation.pack === pack.name);
    const width = Math.max(0, ...pack.policies.map((policy) => policy.name.length));
    const table = pack.policies.map((policy) => {
      const found = ofPack.filter((violation) => violation.policy === policy.name);
      const name = policy.name.padEnd(width);
      if (policy.enforcement === "disabled") {
        return `  ${palette.quiet(`- ${name}  disabled`)}`;
      }
      if (found.length === 0 && kind !== "finished") {
        return `  ${palette.doubt("?")} ${name}  not decided: the run failed`;
      }
      if (found.length === 0) {
        const teller = undecidedToldBy(policy.name, ofPack);
        return teller === undefined
          ? `  ${palette.good("✓")} ${policy.name}`
          : `  ${palette.doubt("?")} ${name}  undecided, as ${teller} says`;
      }
      const counted = palette[found.some(isMandatory) ? "bad" : "doubt"](plural(found.length, "finding"));
      return `  ${mark(found.find(isMandatory) ?? found[0] ?? never(policy.name), palette)} ${name}  ${counted}`;
    });
    const findings = ofPack.flatMap((violation) => findingLines(violation, palette));
    const mended = remediations
      .filter((remediation) => remediation.pack === pack.name)
      .map(
        (remediation) => `  ${palette.doubt("~")} ${remediation.policy} changed ${nameOf(remediation.urn)}`,
      );
    return [palette.heading(`policies · ${pack.name} ${pack.version}`), ...table, ...mended, ...findings];
  });
}

/**
 * The policy that tells, for another, what that one could not decide: a pack may tell of a value once that stops several of
 * its policies. What is undecided has not passed. Read from lines of findings that begin with `undecided:`.
 */
function undecidedToldBy(policy: string, findings: readonly Violation[]): string | undefined {
  return findings.find(({ message }) =>
    message
      .split("\n")
      .some(
        (line) => line.trimStart().startsWith("undecided:") && line.match(WORDS)?.includes(policy) === true,
      ),
  )?.policy;
}

/** Names of policies are words with hyphens. */
const WORDS = /[\w-]+/g;

function never(policy: string): never {
  throw new Error(`no finding of ${policy} although some were counted`);
}

function findingLines(violation: Violation, palette: Palette): readonly string[] {
  const [first = "", ...rest] = violation.message.trimEnd().split(/\r?\n/).map(visible);
  const level = `${violation.enforcement}${violation.severity === "unspecified" ? "" : `, ${violation.severity}`}`;
  return [
    "",
    `  ${mark(violation, palette)} ${palette.heading(violation.policy)} ${palette.quiet(`(${level}) on ${nameOf(violation.urn)}`)}`,
    ...[first, ...rest].map((line) => `    ${line}`.trimEnd()),
  ];
}

/** The last part of a URN: the name its program gave the resource. */
export function nameOf(urn: string): string {
  return visible(urn.split("::").slice(3).join("::") || urn);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
