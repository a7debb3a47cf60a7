import type { ConditionValue, Statement } from "@bastionless/iam";

/**
 * A second reading of IAM's rules, as plain as can be: over raw JSON, with regular expressions, with none of the
 * library's code. The oracle of the property tests.
 */

export interface NaiveRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: { readonly [key: string]: string | readonly string[] };
}

export interface NaiveDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export function naiveAllowed(documents: readonly NaiveDocument[], request: NaiveRequest): boolean {
  const matching = documents
    .flatMap(({ Statement }) => Statement)
    .filter((statement) => covers(statement, request));
  return (
    matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny")
  );
}

function list<T extends string | number | boolean>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : typeof value === "object" ? value : [value];
}

/** Whether a statement is about a request. */
export function covers(statement: Statement, request: NaiveRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {}, Effect } = statement;
  const action = (pattern: string): boolean => glob(pattern.toLowerCase(), request.action.toLowerCase());
  // Where a star may or may not cross a colon, an Allow takes more and a Deny takes less; the patterns of these tests
  // have none in the middle of a segment before the last.
  const resource = (pattern: string): boolean => {
    const filled = fill(pattern, request);
    return filled !== undefined && marked(filled, request.resource);
  };
  const acts = Action === undefined ? !list(NotAction).some(action) : list(Action).some(action);
  const on =
    Resource === undefined && NotResource === undefined
      ? true
      : Resource === undefined
        ? !list(NotResource).some(resource)
        : list(Resource).some(resource);
  void Effect;
  return (
    acts &&
    on &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key, list(values), request)),
    )
  );
}

const STAR = "\u0001";
const ONE = "\u0002";

/** `*` and `?` as private characters, so that those that come from values stay literal. */
function fill(pattern: string, request: NaiveRequest): string | undefined {
  let unresolved = false;
  const result = pattern.replaceAll(/\$\{([^}]*)\}|\*|\?/g, (whole, inside: string | undefined) => {
    if (whole === "*") {
      return STAR;
    }
    if (whole === "?") {
      return ONE;
    }
    if (inside === "*" || inside === "?" || inside === "$") {
      return inside;
    }
    const [key = "", fallback] = (inside ?? "").split(", ");
    const values = valuesOf(key, request);
    if (values?.length === 1) {
      return values[0] ?? "";
    }
    if (fallback === undefined) {
      unresolved = true;
    }
    return (fallback ?? "").slice(1, -1);
  });
  return unresolved ? undefined : result;
}

function glob(pattern: string, text: string): boolean {
  return marked(pattern.replaceAll("*", STAR).replaceAll("?", ONE), text);
}

const expressions = new Map<string, RegExp>();

/** Matches a pattern whose wildcards are the private characters. */
function marked(pattern: string, text: string): boolean {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .replaceAll(/[.+*?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(STAR, "[^]*")
      .replaceAll(ONE, "[^]");
    expression = new RegExp(`^${source}$`, "u");
    expressions.set(pattern, expression);
  }
  return expression.test(text);
}

function valuesOf(key: string, request: NaiveRequest): readonly string[] | undefined {
  const found = Object.entries(request.context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined || list(found[1]).length === 0 ? undefined : list(found[1]);
}

function holds(
  operator: string,
  key: string,
  operands: readonly ConditionValue[],
  request: NaiveRequest,
): boolean {
  let name = operator;
  const forAll = name.startsWith("ForAllValues:");
  const forAny = name.startsWith("ForAnyValue:");
  name = name.slice(forAll ? 13 : forAny ? 12 : 0);
  const values = valuesOf(key, request);
  if (name === "Null") {
    return operands.some((operand) => String(operand).toLowerCase() === String(values === undefined));
  }
  const ifExists = name.endsWith("IfExists");
  name = ifExists ? name.slice(0, -8) : name;
  const negated = name.includes("Not");
  const plain = name.replace("Not", "");
  const matches = (value: string): boolean =>
    operands.some((operand) => compare(plain, value, String(operand), request));
  if (values === undefined) {
    return ifExists || forAll || (negated && !forAny);
  }
  const good = (value: string): boolean => matches(value) !== negated;
  return forAny || (!forAll && !negated) ? values.some(good) : values.every(good);
}

function compare(operator: string, value: string, operand: string, request: NaiveRequest): boolean {
  if (operator === "StringEquals" || operator === "StringEqualsIgnoreCase") {
    const filled = fill(operand, request);
    const literal = filled?.replaceAll(STAR, "*").replaceAll(ONE, "?");
    return operator === "StringEquals" ? literal === value : literal?.toLowerCase() === value.toLowerCase();
  }
  if (operator === "StringLike") {
    const filled = fill(operand, request);
    return filled !== undefined && marked(filled, value);
  }
  if (operator === "Bool") {
    return value === operand.toLowerCase();
  }
  if (operator === "IpAddress") {
    const [base = "", bits = "32"] = operand.split("/");
    if (bits === "0") {
      return !value.includes(":");
    }
    // The documents of these tests have no range of version 6.
    return (
      !value.includes(":") && address(value) >>> (32 - Number(bits)) === address(base) >>> (32 - Number(bits))
    );
  }
  if (operator.startsWith("Numeric")) {
    return order(operator.slice(7), Number(value), Number(operand));
  }
  return order(operator.slice(4), Date.parse(value), Date.parse(operand));
}

function address(text: string): number {
  return text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function order(comparison: string, a: number, b: number): boolean {
  switch (comparison) {
    case "Equals":
      return a === b;
    case "LessThan":
      return a < b;
    case "LessThanEquals":
      return a <= b;
    case "GreaterThan":
      return a > b;
    case "GreaterThanEquals":
      return a >= b;
    default:
      throw new Error(`no comparison \`${comparison}\``);
  }
}
