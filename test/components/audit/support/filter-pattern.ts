/**
 * CloudWatch Logs' filter patterns for JSON, as far as the audit uses them: `&&`, `||`, parentheses, `=`, `!=` with `*` in
 * texts, and `NOT EXISTS`. Anything else is a syntax error.
 *
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax for metric filters", JSON log events.
 */
export function filterMatches(pattern: string, event: unknown): boolean {
  const tokens = tokensOf(pattern);
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const take = (expected?: string): string => {
    const token = tokens[at];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new SyntaxError(`expected ${expected ?? "more"} at ${at}, found ${token} in ${pattern}`);
    }
    at += 1;
    return token;
  };
  const any = (): boolean => {
    let result = all();
    while (peek() === "||") {
      take();
      // Both sides are read, whatever the first one says.
      const right = all();
      result = result || right;
    }
    return result;
  };
  const all = (): boolean => {
    let result = one();
    while (peek() === "&&") {
      take();
      const right = one();
      result = result && right;
    }
    return result;
  };
  const one = (): boolean => {
    if (peek() === "(") {
      take("(");
      const inner = any();
      take(")");
      return inner;
    }
    const value = valueAt(event, take());
    const operator = take();
    if (operator === "NOT EXISTS") {
      return value === undefined;
    }
    const wanted = take();
    if (!wanted.startsWith('"') || (operator !== "=" && operator !== "!=")) {
      throw new SyntaxError(`${operator} ${wanted} in ${pattern}`);
    }
    if (typeof value !== "string") {
      return false;
    }
    const parts = wanted
      .slice(1, -1)
      .split("*")
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "u").test(value) === (operator === "=");
  };
  take("{");
  const result = any();
  take("}");
  if (at !== tokens.length) {
    throw new SyntaxError(`more than one pattern in ${pattern}`);
  }
  return result;
}

function tokensOf(pattern: string): readonly string[] {
  const token = /\s*(NOT EXISTS|&&|\|\||!=|[{}()=]|"[^"]*"|\$(?:\.[A-Za-z0-9_]+)+)\s*/uy;
  const tokens: string[] = [];
  while (token.lastIndex < pattern.length) {
    const start = token.lastIndex;
    const found = token.exec(pattern)?.[1];
    if (found === undefined) {
      throw new SyntaxError(`no token at ${start} of ${pattern}`);
    }
    tokens.push(found);
  }
  return tokens;
}

function valueAt(event: unknown, selector: string): unknown {
  if (!selector.startsWith("$.")) {
    throw new SyntaxError(`\`${selector}\` selects nothing`);
  }
  let value: unknown = event;
  for (const name of selector.slice(2).split(".")) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  }
  return value;
}
