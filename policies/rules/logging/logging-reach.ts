import type { ParsedDocument, ParsedStatement, PolicyInput } from "@bastionless/iam";
import { iam } from "../../iam.ts";
import type { LoggingCall } from "./logging-calls.ts";

/** What an action's Allows are about: names of buckets, log groups and keys, or something that only a search can tell. */
type Reach = ReadonlySet<string> | "any";

const known = new WeakMap<readonly ParsedStatement[], Map<string, Reach>>();

/**
 * Whether documents could allow a call, as far as actions and names in their Allows tell. Where this is false, a search
 * would find that they never do; most documents of a stack log elsewhere than a role of it may write.
 */
export function mayReach(documents: readonly PolicyInput[], call: LoggingCall): boolean {
  const { action } = call;
  const names = namesOf(call);
  return documents.some((document) => {
    if (document.kind === "unknown") {
      return document.mayAllow !== false;
    }
    const reach = reachOf(document, action);
    return reach === "any" || names.some((name) => name === undefined || reach.has(name));
  });
}

const called = new WeakMap<LoggingCall, readonly (string | undefined)[]>();

function namesOf(call: LoggingCall): readonly (string | undefined)[] {
  let names = called.get(call);
  if (names === undefined) {
    names = call.readings.map(nameIn);
    called.set(call, names);
  }
  return names;
}

function reachOf(document: ParsedDocument, action: string): Reach {
  const { statements } = document;
  const byAction = known.get(statements) ?? new Map<string, Reach>();
  known.set(statements, byAction);
  let reach = byAction.get(action);
  if (reach === undefined) {
    reach = readReach(document, action);
    byAction.set(action, reach);
  }
  return reach;
}

function readReach(document: ParsedDocument, action: string): Reach {
  const { mayAllow } = iam();
  const question = {
    name: action,
    scenarios: [{ name: action, checks: [{ name: action, actions: [action], resources: ["*"] }] }],
  };
  const names = new Set<string>();
  for (const statement of document.statements) {
    if (!mayAllow([{ ...document, statements: [statement] }], question)) {
      continue;
    }
    const { resource } = statement;
    if (resource === undefined || resource.negated) {
      return "any";
    }
    for (const pattern of resource.patterns) {
      const name = typeof pattern === "string" ? nameIn(pattern) : undefined;
      if (name === undefined) {
        return "any";
      }
      names.add(name);
    }
  }
  return names;
}

/**
 * The bucket, log group or key that an ARN is about; undefined where a wildcard, a variable or a placeholder of a
 * question stands on the way.
 */
export function nameIn(arn: string): string | undefined {
  const [head, partition, service = "", region, account, ...resource] = arn.split(":");
  const isOpen = [head, partition === "{partition}" ? "aws" : partition, service].some(
    (part) => part === undefined || OPEN.test(part),
  );
  if (isOpen || isWild(region) || isWild(account) || resource.length === 0) {
    return undefined;
  }
  const name =
    service === "s3"
      ? resource.join(":").split("/", 1).join("")
      : service === "logs"
        ? resource.slice(0, 2).join(":")
        : resource.join(":");
  return OPEN.test(name) ? undefined : `${service} ${name}`.toLowerCase();
}

const OPEN = /[*?${}]/;

/** A wildcard may stand for colons, and so for what is behind them; a placeholder stands for one part. */
function isWild(part: string | undefined): boolean {
  return part === undefined || /[*?$]/.test(part);
}
