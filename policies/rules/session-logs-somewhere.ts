import type { ResourceFacts } from "../estate/facts.ts";
import type { LogDestination } from "../estate/session-document.ts";
import { isUnreadable, type Unreadable } from "../reader/read.ts";
import type { Rule } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { satisfied, undecided, type Verdict, violation } from "./verdict.ts";

const QUESTION = "whether sessions are logged";

/**
 * Session types that the agent logs. Sessions of type `Port` are encrypted end to end and never logged.
 *
 * Source: Systems Manager User Guide, "Session document schema", "Logging session activity"; amazon-ssm-agent,
 * agent/session/shell/shell.go, which all three run in.
 */
const LOGGED_TYPES: ReadonlySet<string> = new Set([
  "InteractiveCommands",
  "NonInteractiveCommands",
  "Standard_Stream",
]);

/**
 * What people do in a shell can be read afterwards: the document names a bucket or a log group.
 *
 * The document `SSM-SessionManagerRunShell` holds the account's preferences, and is asked as any other. A session that
 * was started with another document does not read it.
 */
export const sessionLogsSomewhere: Rule = {
  id: "session-logs-somewhere",
  displayName: "Sessions logged somewhere",
  description: "Session documents that open a shell or run commands log to S3 or CloudWatch Logs.",
  severity: "high",
  tags: ["logging"],
  remediation:
    "Set `s3BucketName` or `cloudWatchLogGroupName` in the document's `inputs`, with `s3EncryptionEnabled` or `cloudWatchEncryptionEnabled` true.",
  configSchema: { properties: {} },
  decideResource: (facts) => [...decide(facts), ...readUnmodelled(facts, "session-logs")],
};

/** Pure: depends on the document's type and destinations alone. */
function decide({ sessionDocument: document }: ResourceFacts): readonly Verdict[] {
  if (document === undefined) {
    return [];
  }
  if (document.kind === "unreadable") {
    return [unreadable(document.cause)];
  }
  const { sessionType, destinations } = document;
  if (sessionType.kind === "known" && sessionType.value === "Port") {
    return [];
  }
  if (sessionType.kind === "known" && !LOGGED_TYPES.has(sessionType.value)) {
    return [
      unreadable({
        kind: "malformed",
        path: "sessionType",
        expected: "a session type of Session Manager",
        found: sessionType.value,
      }),
    ];
  }
  const named = destinations.flatMap(nameOf);
  if (named.length > 0) {
    return [satisfied({ id: "session-logged", destinations: named })];
  }
  const hidden = destinations.map(({ name }) => name).find(isUnreadable);
  if (hidden !== undefined) {
    return [unreadable(hidden)];
  }
  if (isUnreadable(sessionType)) {
    return [unreadable(sessionType)];
  }
  return [
    violation({
      id: "session-not-logged",
      sessionType: sessionType.kind === "known" ? sessionType.value : "no sessionType",
    }),
  ];
}

function nameOf({ name }: LogDestination): readonly string[] {
  return name.kind === "known" ? [`\`${name.value}\``] : [];
}

function unreadable(cause: Unreadable): Verdict {
  return undecided({ id: "unreadable-value", what: QUESTION, cause });
}
