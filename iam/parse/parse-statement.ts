import { child } from "./json.ts";
import { hasLookalike } from "./lookalike.ts";
import { parseConditions } from "./parse-conditions.ts";
import type { ParseOptions } from "./parse-document.ts";
import { parsePrincipal } from "./parse-principal.ts";
import type { ParsedDocument, ParsedPrincipal, ParsedStatement, PatternElement } from "./parsed.ts";
import { type Report, shown } from "./report.ts";
import { isRecord, membersOf, readOperands, UnknownStructure } from "./values.ts";

export interface StatementContext {
  readonly index: number;
  readonly path: string;
  readonly version: ParsedDocument["version"];
  readonly options: ParseOptions;
  readonly report: Report;
}

const ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

const KNOWN: ReadonlySet<string> = new Set(ELEMENTS);

type Elements = { readonly [Name in (typeof ELEMENTS)[number]]?: unknown };

/** Reads one statement; undefined where it has an error. */
export function parseStatement(value: unknown, context: StatementContext): ParsedStatement | undefined {
  const { path, report, options } = context;
  const whole = options.unknown?.(value);
  if (whole !== undefined) {
    throw new UnknownStructure(path, whole);
  }
  if (!isRecord(value)) {
    report.error(
      "wrong-type",
      path,
      `${shown(value)} is no statement; expected an object with an \`Effect\``,
    );
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (!KNOWN.has(key)) {
      const near = ELEMENTS.find((name) => name.toLowerCase() === key.toLowerCase());
      const hint =
        near === undefined
          ? `expected ${ELEMENTS.map((name) => `\`${name}\``).join(", ")}`
          : `expected \`${near}\``;
      report.error("unknown-element", child(path, key), `no such element; ${hint}`);
    }
  }
  const elements: Elements = membersOf(value);
  const effect = readEffect(elements.Effect, context);
  const action = readAction(elements, context);
  const resource = readResource(elements, context);
  const principal = readPrincipal(elements, context);
  const conditions = parseConditions(elements.Condition, child(path, "Condition"), context);
  const sid = readSid(elements.Sid, context);
  if (effect === undefined || action === undefined) {
    return undefined;
  }
  return { index: context.index, sid, effect, principal, action, resource, conditions, path };
}

function readEffect(
  value: unknown,
  { path, report, options }: StatementContext,
): "Allow" | "Deny" | undefined {
  const at = child(path, "Effect");
  const subject = options.unknown?.(value);
  if (subject !== undefined) {
    throw new UnknownStructure(at, subject);
  }
  if (value === "Allow" || value === "Deny") {
    return value;
  }
  if (value === undefined) {
    report.error("missing-element", at, "a statement needs an `Effect`: `Allow` or `Deny`");
  } else {
    report.error("bad-value", at, `${shown(value)} is no effect; expected \`Allow\` or \`Deny\``);
  }
  return undefined;
}

function readSid(value: unknown, { path, report, options }: StatementContext): string | undefined {
  const at = child(path, "Sid");
  if (value === undefined || options.unknown?.(value) !== undefined) {
    return undefined;
  }
  if (typeof value !== "string") {
    report.error("wrong-type", at, `${shown(value)} where text is expected`);
    return undefined;
  }
  if (options.kind === "identity" && !/^[A-Za-z0-9]*$/.test(value)) {
    report.error("bad-value", at, `${shown(value)} is no Sid; expected letters and digits only`);
  }
  return value;
}

function pick(
  elements: Elements,
  plain: "Action" | "Resource",
  negated: "NotAction" | "NotResource",
  { path, report, options }: StatementContext,
): PatternElement | undefined {
  const hasPlain = elements[plain] !== undefined;
  const hasNegated = elements[negated] !== undefined;
  if (hasPlain && hasNegated) {
    report.error(
      "exclusive-elements",
      path,
      `\`${plain}\` and \`${negated}\` exclude each other; remove one`,
    );
    return undefined;
  }
  if (!hasPlain && !hasNegated) {
    return undefined;
  }
  const name = hasPlain ? plain : negated;
  const at = child(path, name);
  const patterns = readOperands(elements[name], at, false, { options, report });
  if (patterns.length === 0) {
    report.error("bad-value", at, "an empty list; expected at least one pattern");
  }
  return { negated: hasNegated, patterns, path: at };
}

function readAction(elements: Elements, context: StatementContext): PatternElement | undefined {
  const element = pick(elements, "Action", "NotAction", context);
  if (element === undefined) {
    if (elements.Action === undefined && elements.NotAction === undefined) {
      context.report.error("missing-element", context.path, "a statement needs an `Action` or a `NotAction`");
    }
    return undefined;
  }
  for (const pattern of element.patterns) {
    if (typeof pattern !== "string" || pattern === "*" || /^[A-Za-z0-9*?-]+:[A-Za-z0-9*?-]+$/.test(pattern)) {
      continue;
    }
    const expected = "expected `*` or `service:Name`, with wildcards or without";
    if (pattern.includes(":") && !hasLookalike(pattern)) {
      // AWS has published such names itself, with a space at the end.
      context.report.warning("impossible", element.path, `no action is named ${shown(pattern)}; ${expected}`);
    } else {
      context.report.error("bad-value", element.path, `${shown(pattern)} is no action; ${expected}`);
    }
  }
  return element;
}

function readResource(elements: Elements, context: StatementContext): PatternElement | undefined {
  const { options, path, report } = context;
  const element = pick(elements, "Resource", "NotResource", context);
  if (options.kind === "trust") {
    if (element !== undefined) {
      report.error("unknown-element", element.path, "a trust policy is about one role; remove this element");
    }
    return undefined;
  }
  if (element === undefined) {
    if (options.kind !== undefined && elements.Resource === undefined && elements.NotResource === undefined) {
      report.error("missing-element", path, "a statement needs a `Resource` or a `NotResource`");
    }
    return undefined;
  }
  for (const pattern of element.patterns) {
    if (typeof pattern === "string" && !/^(?:arn:|arn\*|\*|\$\{)/.test(pattern)) {
      report.error("bad-value", element.path, `${shown(pattern)} is no resource; expected \`*\` or an ARN`);
    }
  }
  return element;
}

function readPrincipal(elements: Elements, context: StatementContext): ParsedPrincipal | undefined {
  const { options, path, report } = context;
  const { Principal: plain, NotPrincipal: negated } = elements;
  if (plain !== undefined && negated !== undefined) {
    report.error("exclusive-elements", path, "`Principal` and `NotPrincipal` exclude each other; remove one");
    return undefined;
  }
  if (plain === undefined && negated === undefined) {
    if (options.kind === "trust" || options.kind === "resource") {
      report.error("missing-element", path, "a statement of this kind of policy needs a `Principal`");
    }
    return undefined;
  }
  const at = child(path, plain === undefined ? "NotPrincipal" : "Principal");
  if (options.kind === "identity") {
    report.error(
      "unknown-element",
      at,
      "an identity's policy names no principal: it is the identity that holds it",
    );
  }
  if (negated !== undefined && options.kind === "trust") {
    report.error(
      "unknown-element",
      at,
      "a trust policy takes no `NotPrincipal`; name who may assume the role",
    );
  }
  return parsePrincipal(plain ?? negated, negated !== undefined, at, context);
}
