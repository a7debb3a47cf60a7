import { child } from "./json.ts";
import type { ParsedPrincipal, PrincipalEntry, PrincipalKind } from "./parsed.ts";
import { shown } from "./report.ts";
import { isRecord, type ReadContext, readOperands, UnknownStructure } from "./values.ts";

const KINDS: ReadonlyMap<string, PrincipalKind> = new Map([
  ["AWS", "AWS"],
  ["Service", "Service"],
  ["Federated", "Federated"],
  ["CanonicalUser", "CanonicalUser"],
]);

/** Reads a `Principal` or `NotPrincipal` element. */
export function parsePrincipal(
  value: unknown,
  negated: boolean,
  path: string,
  context: ReadContext,
): ParsedPrincipal | undefined {
  const { options, report } = context;
  const subject = options.unknown?.(value);
  if (subject !== undefined) {
    throw new UnknownStructure(path, subject);
  }
  if (value === "*") {
    return { negated, entries: [{ kind: "AWS", value: "*", everyone: true }], path };
  }
  if (!isRecord(value)) {
    report.error(
      "wrong-type",
      path,
      `${shown(value)} is no principal; expected \`*\` or an object such as \`{ "AWS": … }\``,
    );
    return undefined;
  }
  const entries: PrincipalEntry[] = [];
  for (const [name, operands] of Object.entries(value)) {
    const kind = KINDS.get(name);
    if (kind === undefined) {
      report.error(
        "unknown-element",
        child(path, name),
        "no such kind of principal; expected `AWS`, `Service`, `Federated` or `CanonicalUser`",
      );
      continue;
    }
    for (const operand of readOperands(operands, child(path, name), false, context)) {
      entries.push({ kind, value: operand, everyone: false });
      if (typeof operand === "string" && operand !== "*" && /[*?]/.test(operand)) {
        report.error(
          "bad-value",
          child(path, name),
          `${shown(operand)} has a wildcard; a principal is \`*\` or one whole name`,
        );
      }
    }
  }
  if (entries.length === 0) {
    report.error("bad-value", path, "no principal; expected at least one");
  }
  return { negated, entries, path };
}
