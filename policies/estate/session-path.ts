import { type Data, isDataMap } from "../reader/data.ts";
import { at, type Place, root } from "../reader/place.ts";
import { isUnreadable, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import type { ResourceFacts } from "./facts.ts";
import { identity, properties } from "./resource-record.ts";
import { DOCUMENT_TYPE, readContent } from "./session-document.ts";
import { accountOf, regionOf } from "./whereabouts.ts";

/** What sessions with a document leave behind, and where they lead. */
export type SessionPath =
  /** A shell, or commands with a log; or no session at all. */
  | { readonly kind: "logged" }
  /** Never logged: the stream is encrypted from end to end. `bounded`: the document fixes the ports and hosts. */
  | { readonly kind: "tunnel"; readonly bounded: boolean }
  /** Commands whose output is kept nowhere. */
  | { readonly kind: "commands" }
  | { readonly kind: "unreadable"; readonly cause: Unreadable };

export interface StackDocument {
  readonly name: string;
  readonly path: SessionPath;
  /** Undefined: not known. */
  readonly account: string | undefined;
  /** Where it is, as ARNs say it, where the stack has another kind of that name: `*` for what is not known. */
  readonly place: { readonly region: string; readonly account: string } | undefined;
}

const read = new WeakMap<Estate, readonly StackDocument[]>();

/** The Systems Manager documents of the stack, of whatever type, whose names are known. */
export function documentsOf(estate: Estate): readonly StackDocument[] {
  let documents = read.get(estate);
  if (documents === undefined) {
    const named = [...estate.facts.values()].flatMap((facts) => {
      const name = facts.record.type === DOCUMENT_TYPE ? identity(facts.record, "name") : undefined;
      return name === undefined ? [] : [{ name, facts }];
    });
    const kinds = new Map<string, Set<string>>();
    const told = named.map(({ name, facts: { record }, facts }) => {
      const path = pathOf(facts);
      kinds.set(
        name,
        (kinds.get(name) ?? new Set()).add(path.kind === "tunnel" ? `${path.bounded}` : path.kind),
      );
      return { name, path, record };
    });
    documents = told.map(({ name, path, record }) => ({
      name,
      path,
      account: accountOf(estate, record),
      place:
        kinds.get(name)?.size === 1
          ? undefined
          : { region: regionOf(estate, record) ?? "*", account: accountOf(estate, record) ?? "*" },
    }));
    read.set(estate, documents);
  }
  return documents;
}

/** Source: Systems Manager User Guide, "Session document schema" and "Logging session activity". */
function pathOf({ record, sessionDocument: document }: ResourceFacts): SessionPath {
  if (document === undefined) {
    return { kind: "logged" }; // Of another type: no session starts with it.
  }
  if (document.kind === "unreadable") {
    return document;
  }
  const { sessionType, destinations } = document;
  if (isUnreadable(sessionType)) {
    return { kind: "unreadable", cause: sessionType };
  }
  switch (sessionType.kind === "known" ? sessionType.value : undefined) {
    case "Standard_Stream":
      return { kind: "logged" };
    case "Port":
      return { kind: "tunnel", bounded: isBounded(properties(record)) };
    case "InteractiveCommands":
    case "NonInteractiveCommands":
      return destinations.length > 0 ? { kind: "logged" } : { kind: "commands" };
    default: {
      const found = sessionType.kind === "known" ? sessionType.value : "nothing";
      return {
        kind: "unreadable",
        cause: { kind: "malformed", path: "content.sessionType", expected: "a type of session", found },
      };
    }
  }
}

/** Whether a Port document says itself which ports, and which host where there is one, a session can lead to. */
function isBounded(props: Place): boolean {
  const content = readContent(props);
  if (content.kind !== "known") {
    return false;
  }
  const document = root(content.value);
  const destination = at(document, "properties");
  const port = at(destination, "portNumber");
  const host = at(destination, "host");
  return (
    port.data !== undefined &&
    isFixed(port.data, document, /^\d{1,5}$/) &&
    (host.data === undefined || isFixed(host.data, document, HOST))
  );
}

/**
 * A name or an address. Not one of a link's own, where the metadata service hands out the credentials of the machine's
 * role, nor an address in a spelling that hides one.
 */
const HOST = /^(?!169\.254\.|fd00:ec2:|fe80:|::ffff:|0x|\d+$)[\w.:-]+$/i;

const PARAMETER = /^\{\{\s*(\w+)\s*\}\}$/;

/** Fixed: the value itself, or a parameter whose pattern is a list of values and nothing else: `^(22|8888)$`. */
function isFixed(data: Data, document: Place, value: RegExp): boolean {
  if (typeof data === "number") {
    return value.test(String(data));
  }
  if (typeof data !== "string") {
    return false;
  }
  if (value.test(data)) {
    return true;
  }
  const [, name] = PARAMETER.exec(data) ?? [];
  const parameter = name === undefined ? undefined : at(at(document, "parameters"), name);
  if (parameter === undefined || !isDataMap(parameter.data)) {
    return false;
  }
  const pattern = readText(at(parameter, "allowedPattern"));
  return pattern.kind === "known" && listedIn(pattern.value)?.every((each) => value.test(each)) === true;
}

/** The values of a pattern that is a list of texts, `^(a|b\.c)$`; undefined for any other pattern. */
function listedIn(pattern: string): readonly string[] | undefined {
  const [, group, single] = /^\^(?:\((?:\?:)?([^()]*)\)|([^()|]*))\$$/.exec(pattern) ?? [];
  const values = (group ?? single)?.split("|");
  return values?.every((each) => /^(?:[\w:-]|\\[.-])+$/.test(each)) === true
    ? values.map((each) => each.replaceAll("\\", ""))
    : undefined;
}
