import { isWireMap } from "../protocol/wire.ts";
import type { Wire } from "../protocol/wire.ts";
import { asText, canonical } from "./values.ts";

/** Elements of a statement of which one value and a list of it are the same, in any order. */
const LISTS: ReadonlySet<string> = new Set(["Action", "NotAction", "NotResource", "Resource"]);

function list(value: Wire): readonly Wire[] {
  const parts: readonly Wire[] = Array.isArray(value) ? value : [value];
  return parts.map((part) => asText(part)).toSorted();
}

/** An account and its root are the same principal; so are everyone and every AWS principal. */
function principals(value: Wire): Wire {
  const byType = isWireMap(value) ? value : { AWS: value };
  return Object.fromEntries(
    Object.entries(byType).map(([type, identifiers]) => [
      type,
      list(identifiers).map((identifier) =>
        asText(identifier).replace(/^arn:[a-z-]+:iam::(\d{12}):root$/u, "$1"),
      ),
    ]),
  );
}

function conditions(value: Wire): Wire {
  return isWireMap(value)
    ? Object.fromEntries(
        Object.entries(value).map(([test, byKey]) => [
          test,
          isWireMap(byKey)
            ? Object.fromEntries(Object.entries(byKey).map(([key, values]) => [key, list(values)]))
            : byKey,
        ]),
      )
    : value;
}

function element(name: string, value: Wire): Wire {
  if (LISTS.has(name)) {
    return list(value);
  }
  if (name === "Principal" || name === "NotPrincipal") {
    return principals(value);
  }
  return name === "Condition" ? conditions(value) : value;
}

/**
 * A text that is equal for policy documents that mean the same: lists and single values, their order, and the order of
 * statements do not count. The provider compares policies like this, as AWS hands them back written differently.
 */
export function policyMeaning(document: Wire): string {
  if (!isWireMap(document)) {
    return canonical(document);
  }
  const given = document["Statement"] ?? [];
  const statements: readonly Wire[] = Array.isArray(given) ? given : [given];
  const meanings = statements.map((statement) =>
    canonical(
      isWireMap(statement)
        ? Object.fromEntries(Object.entries(statement).map(([name, value]) => [name, element(name, value)]))
        : statement,
    ),
  );
  return canonical({ ...document, Statement: meanings.toSorted() });
}
