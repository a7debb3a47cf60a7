import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { asText } from "../values.ts";

/** A text, or several: as a policy document holds actions, resources and identifiers. */
export type Texts = string | readonly string[];

export interface Principal {
  readonly type: string;
  readonly identifiers: Texts;
}

export interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: Texts;
}

export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions?: Wire;
  readonly notActions?: Wire;
  readonly resources?: Wire;
  readonly notResources?: Wire;
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

/** A document that cannot be read, or that the provider refuses; the message says why. */
export class DocumentError extends Error {}

function textsOf(value: Wire | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((part: Wire) => asText(part)) : [];
}

/** One text alone, several in descending order: the order in which the provider writes its sets. */
function set(value: Wire | undefined): Texts | undefined {
  const texts = [...new Set(textsOf(value))].toSorted().toReversed();
  return texts.length === 0 ? undefined : texts.length === 1 ? texts[0] : texts;
}

/** `&{aws:username}` stands for a policy variable where `${…}` would be taken for something else. */
function variables(texts: Texts, version: string): Texts {
  const replace = (text: string): string => {
    if (version === "2008-10-17" && text.includes("&{")) {
      throw new DocumentError(
        `\`${text}\` holds \`&{\`, which documents of version 2008-10-17 do not support`,
      );
    }
    return text.replaceAll("&{", "${");
  };
  return typeof texts === "string" ? replace(texts) : texts.map((text) => replace(text));
}

function variablesIn(value: Wire | undefined, version: string): Texts | undefined {
  const texts = set(value);
  return texts === undefined ? undefined : variables(texts, version);
}

function objects(value: Wire | undefined): readonly WireMap[] {
  return Array.isArray(value) ? value.filter((part: Wire) => isWireMap(part)) : [];
}

function principalsOf(value: Wire | undefined, version: string): readonly Principal[] {
  return objects(value).map((principal) => ({
    type: asText(principal["type"]),
    identifiers: variablesIn(principal["identifiers"], version) ?? [],
  }));
}

function conditionsOf(value: Wire | undefined, version: string): readonly Condition[] {
  return objects(value).map((condition) => ({
    test: asText(condition["test"]),
    variable: asText(condition["variable"]),
    values: variables(textsOf(condition["values"]), version),
  }));
}

/** A statement as the arguments of the lookup write it. */
export function statementFromArguments(given: WireMap, version: string): Statement {
  const actions = set(given["actions"]);
  const notActions = set(given["notActions"]);
  const resources = variablesIn(given["resources"], version);
  const notResources = variablesIn(given["notResources"], version);
  return {
    sid: asText(given["sid"]),
    effect: asText(given["effect"] ?? "Allow"),
    ...(actions === undefined ? {} : { actions }),
    ...(notActions === undefined ? {} : { notActions }),
    ...(resources === undefined ? {} : { resources }),
    ...(notResources === undefined ? {} : { notResources }),
    principals: principalsOf(given["principals"], version),
    notPrincipals: principalsOf(given["notPrincipals"], version),
    conditions: conditionsOf(given["conditions"], version),
  };
}

function readPrincipals(value: Wire | undefined): readonly Principal[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (typeof value === "string") {
    return [{ type: "*", identifiers: ["*"] }];
  }
  if (!isWireMap(value)) {
    throw new DocumentError("a principal is neither a text nor an object");
  }
  return Object.entries(value).map(([type, identifiers]) => {
    if (typeof identifiers === "string") {
      return { type, identifiers };
    }
    if (Array.isArray(identifiers) && identifiers.every((part) => typeof part === "string")) {
      return { type, identifiers };
    }
    throw new DocumentError(`the principals of type \`${type}\` are neither a text nor a list of texts`);
  });
}

function readConditions(value: Wire | undefined): readonly Condition[] {
  if (!isWireMap(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([test, byVariable]) =>
    Object.entries(isWireMap(byVariable) ? byVariable : {}).flatMap(
      ([variable, values]): readonly Condition[] => {
        if (typeof values === "string" || typeof values === "boolean") {
          return [{ test, variable, values: [String(values)] }];
        }
        // The provider drops numbers that are not in a list.
        return Array.isArray(values) ? [{ test, variable, values: textsOf(values) }] : [];
      },
    ),
  );
}

/** A statement of a source or override document. */
export function statementFromDocument(given: Wire): Statement {
  if (!isWireMap(given)) {
    throw new DocumentError("a statement is not an object");
  }
  const { Action: actions, NotAction: notActions, Resource: resources, NotResource: notResources } = given;
  return {
    sid: asText(given["Sid"]),
    effect: asText(given["Effect"]),
    ...(actions === undefined ? {} : { actions }),
    ...(notActions === undefined ? {} : { notActions }),
    ...(resources === undefined ? {} : { resources }),
    ...(notResources === undefined ? {} : { notResources }),
    principals: readPrincipals(given["Principal"]),
    notPrincipals: readPrincipals(given["NotPrincipal"]),
    conditions: readConditions(given["Condition"]),
  };
}

function byKey(entries: Iterable<readonly [string, Wire]>): WireMap {
  return Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function writePrincipals(principals: readonly Principal[]): Wire {
  const [only] = principals;
  if (principals.length === 1 && only?.type === "*") {
    const list = typeof only.identifiers === "string" ? [only.identifiers] : only.identifiers;
    if (list.length === 1 && list[0] === "*") {
      return "*";
    }
  }
  const byType = new Map<string, Texts>();
  for (const { type, identifiers } of principals) {
    const before = byType.get(type);
    if (before === undefined && typeof identifiers === "string") {
      byType.set(type, identifiers);
    } else {
      const earlier = before === undefined ? [] : [before].flat();
      const later = typeof identifiers === "string" ? [identifiers] : identifiers.toSorted().toReversed();
      byType.set(type, [...earlier, ...later]);
    }
  }
  return byKey(byType);
}

function writeConditions(conditions: readonly Condition[]): Wire {
  const byTest = new Map<string, Map<string, readonly string[]>>();
  for (const { test, variable, values } of conditions) {
    const byVariable = byTest.get(test) ?? new Map<string, readonly string[]>();
    byVariable.set(variable, [...(byVariable.get(variable) ?? []), ...[values].flat()]);
    byTest.set(test, byVariable);
  }
  const written = [...byTest].map(([test, byVariable]): readonly [string, Wire] => {
    const values = [...byVariable].map(([variable, texts]): readonly [string, Wire] => {
      const [only] = texts;
      return [variable, texts.length === 1 && only !== undefined ? only : texts];
    });
    return [test, byKey(values)];
  });
  return byKey(written);
}

/** A statement as the provider writes it: its keys in this order, without the empty ones. */
export function writeStatement(statement: Statement): WireMap {
  return {
    ...(statement.sid === "" ? {} : { Sid: statement.sid }),
    ...(statement.effect === "" ? {} : { Effect: statement.effect }),
    ...(statement.actions === undefined ? {} : { Action: statement.actions }),
    ...(statement.notActions === undefined ? {} : { NotAction: statement.notActions }),
    ...(statement.resources === undefined ? {} : { Resource: statement.resources }),
    ...(statement.notResources === undefined ? {} : { NotResource: statement.notResources }),
    ...(statement.principals.length === 0 ? {} : { Principal: writePrincipals(statement.principals) }),
    ...(statement.notPrincipals.length === 0
      ? {}
      : { NotPrincipal: writePrincipals(statement.notPrincipals) }),
    ...(statement.conditions.length === 0 ? {} : { Condition: writeConditions(statement.conditions) }),
  };
}
