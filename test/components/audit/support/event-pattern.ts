/**
 * EventBridge's matching of the part of its pattern language that the audit uses; what it does not know it refuses, rather
 * than to let a test pass.
 *
 * Source: EventBridge User Guide, "Comparison operators for use in event patterns".
 */
export function matches(pattern: unknown, event: unknown): boolean {
  if (!isRecord(pattern)) {
    throw new Error("a pattern is an object");
  }
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === "$or") {
      return listOf(wanted).some((one) => matches(one, event));
    }
    const value = isRecord(event) ? event[field] : undefined;
    return Array.isArray(wanted)
      ? listOf(wanted).some((leaf) => leafMatches(leaf, value))
      : matches(wanted, value);
  });
}

function leafMatches(leaf: unknown, value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some((one: unknown) => leafMatches(leaf, one));
  }
  if (typeof leaf === "string") {
    return leaf === value;
  }
  const [entry, ...more] = isRecord(leaf) ? Object.entries(leaf) : [];
  if (entry === undefined || more.length > 0) {
    throw new Error(`an unknown leaf ${JSON.stringify(leaf)}`);
  }
  const [operator, operand] = entry;
  switch (operator) {
    case "exists":
      return (value !== undefined) === operand;
    case "prefix":
      return typeof value === "string" && value.startsWith(String(operand));
    case "suffix":
      return typeof value === "string" && value.endsWith(String(operand));
    case "anything-but": {
      if (!isRecord(operand) || Object.keys(operand).join() !== "suffix") {
        throw new Error(`an unknown operand ${JSON.stringify(operand)}`);
      }
      // A field that is not there matches nothing but `exists: false`.
      return (
        typeof value === "string" && !listOf(operand["suffix"]).some((end) => value.endsWith(String(end)))
      );
    }
    default:
      throw new Error(`an unknown operator \`${operator}\``);
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`no list: ${JSON.stringify(value)}`);
  }
  return value.map((one: unknown) => one);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
