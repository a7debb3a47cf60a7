import type { SessionEvent } from "./args.ts";

/**
 * What EventBridge lets through for each kind of event. Pure.
 *
 * Laws, which the tests hold it to: every call of StartSession, ResumeSession, TerminateSession and SendCommand is of exactly
 * one kind, except failed calls that were not denied, which are of none; and Athena's calls of the same names are of none.
 *
 * Sources: Systems Manager User Guide, "Monitoring session activity using Amazon EventBridge"; EventBridge User Guide,
 * "AWS service events delivered via CloudTrail" and "comparison operators".
 */

/** Documents of AWS's own that forward ports or carry SSH. */
export const AWS_TUNNEL_DOCUMENTS = [
  "AWS-StartPortForwardingSession",
  "AWS-StartPortForwardingSessionToRemoteHost",
  "AWS-StartPortForwardingSessionToSocket",
  "AWS-StartSSHSession",
] as const;

/** Documents of AWS's own that run a command of the caller's. */
export const AWS_COMMAND_DOCUMENTS = [
  "AWS-StartInteractiveCommand",
  "AWS-StartNonInteractiveCommand",
] as const;

/** A pattern: fields hold patterns, or lists of what they may be. */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly PatternLeaf[] | readonly EventPattern[];
}

export type PatternLeaf =
  | string
  | { readonly exists: boolean }
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly "anything-but": { readonly suffix: readonly string[] } };

/** Names of one's own documents, by what their sessions are. */
export interface DocumentNames {
  readonly tunnels: readonly string[];
  readonly commands: readonly string[];
}

const SUCCEEDED = { errorCode: [{ exists: false }] } as const;

function calls(detail: EventPattern): EventPattern {
  return {
    source: ["aws.ssm"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["ssm.amazonaws.com"], ...detail },
  };
}

/** The start of a session with one of some documents. They may be given by ARN, and so by how they end. */
function startWith(documents: readonly string[]): EventPattern {
  return {
    eventName: ["StartSession"],
    requestParameters: { documentName: documents.map((name) => ({ suffix: name })) },
  };
}

/** The pattern of one kind. */
export function eventPattern(kind: SessionEvent, own: DocumentNames): EventPattern {
  const tunnels = [...AWS_TUNNEL_DOCUMENTS, ...own.tunnels];
  const commands = [...AWS_COMMAND_DOCUMENTS, ...own.commands];
  switch (kind) {
    case "start":
      return calls({
        eventName: ["StartSession"],
        ...SUCCEEDED,
        requestParameters: {
          documentName: [{ exists: false }, { "anything-but": { suffix: [...tunnels, ...commands] } }],
        },
      });
    case "resume":
      return calls({ eventName: ["ResumeSession"], ...SUCCEEDED });
    case "end":
      return calls({ eventName: ["TerminateSession"], ...SUCCEEDED });
    case "tunnel":
      return calls({ ...startWith(tunnels), ...SUCCEEDED });
    case "command":
      return calls({ ...SUCCEEDED, $or: [{ eventName: ["SendCommand"] }, startWith(commands)] });
    case "denied":
      return calls({
        eventName: ["ResumeSession", "SendCommand", "StartSession", "TerminateSession"],
        errorCode: [{ prefix: "AccessDenied" }],
      });
  }
}

/** How long a pattern may be. Source: EventBridge quotas. */
export const PATTERN_LENGTH = 2048;

/** What stands in the message to people, by kind; the rest is the same for all. */
const HEADLINES: Readonly<Record<SessionEvent, string>> = {
  command: "A command was run",
  denied: "A call was denied",
  end: "A session was ended",
  resume: "A session was resumed",
  start: "A session was started",
  tunnel: "A tunnel was opened; what goes through it is not logged",
};

/** The message as EventBridge makes it: what an event does not say is left empty. */
export function message(kind: SessionEvent): {
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
} {
  const detail: Readonly<Record<string, string>> = {
    name: "$.detail.eventName",
    who: "$.detail.userIdentity.arn",
    from: "$.detail.sourceIPAddress",
    target: "$.detail.requestParameters.target",
    document: "$.detail.requestParameters.documentName",
    reason: "$.detail.requestParameters.reason",
    started: "$.detail.responseElements.sessionId",
    session: "$.detail.requestParameters.sessionId",
    error: "$.detail.errorMessage",
  };
  const lines = [
    `${HEADLINES[kind]}: <name> at <time> in <account>, <region>.`,
    "Who: <who>, from <from>.",
    "Target: <target>; document: <document>; reason: <reason>.",
    "Session: <started><session>. <error>",
    "CloudTrail event: <id>.",
  ];
  return {
    inputPaths: {
      account: "$.account",
      region: "$.region",
      time: "$.time",
      id: "$.detail.eventID",
      ...detail,
    },
    // Every line is a text of its own.
    inputTemplate: lines.map((line) => JSON.stringify(line)).join("\n"),
  };
}
