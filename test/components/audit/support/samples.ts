/**
 * Events as CloudTrail writes them: the fields, and the forms of their values, are those of real events that people have
 * published; accounts, names and ids are made up.
 */

type Parameters = Readonly<Record<string, unknown>>;

export interface CloudTrailEvent {
  readonly eventVersion: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Parameters | null;
  readonly responseElements: Parameters | null;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly eventType: string;
  readonly recipientAccountId: string;
}

export const ACCOUNT = "111122223333";
export const INSTANCE = "i-0a1b2c3d4e5f60718";

/** Somebody with a role, as most people are. */
export const JANE = {
  type: "AssumedRole",
  principalId: "AROAEXAMPLEEXAMPLE123:jane",
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/operators/jane`,
  accountId: ACCOUNT,
  accessKeyId: "ASIAEXAMPLEEXAMPLE12",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAEXAMPLEEXAMPLE123",
      arn: `arn:aws:iam::${ACCOUNT}:role/operators`,
      accountId: ACCOUNT,
      userName: "operators",
    },
    webIdFederationData: {},
    attributes: { creationDate: "2026-11-20T08:00:00Z", mfaAuthenticated: "true" },
  },
} as const;

/** An IAM user with a long-term key: without a session's context. */
export const JOHN = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLEEXAMPLE123",
  arn: `arn:aws:iam::${ACCOUNT}:user/john`,
  accountId: ACCOUNT,
  accessKeyId: "AKIAEXAMPLEEXAMPLE12",
  userName: "john",
} as const;

export const ROOT = {
  type: "Root",
  principalId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  accountId: ACCOUNT,
} as const;

let counted = 0;

/** An event of Systems Manager; what a test is about is laid over it. */
export function event(over: Partial<CloudTrailEvent>): CloudTrailEvent {
  counted += 1;
  return {
    eventVersion: "1.08",
    userIdentity: JANE,
    eventTime: "2026-11-20T09:00:00Z",
    eventSource: "ssm.amazonaws.com",
    eventName: "StartSession",
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.10",
    userAgent: "aws-cli/2.31.0",
    requestParameters: { target: INSTANCE },
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${String(counted).padStart(12, "0")}`,
    readOnly: false,
    eventType: "AwsApiCall",
    recipientAccountId: ACCOUNT,
    ...over,
  };
}

/** A session that was started, with a document or, without one, with the account's preferences. */
export function started(
  documentName: string | undefined,
  over: Partial<CloudTrailEvent> & { readonly session?: string; readonly parameters?: Parameters } = {},
): CloudTrailEvent {
  const { session = "jane-0e34861185201706f", parameters, ...rest } = over;
  return event({
    requestParameters: {
      target: INSTANCE,
      ...(documentName !== undefined && { documentName }),
      ...(parameters !== undefined && { parameters }),
    },
    responseElements: {
      sessionId: session,
      tokenValue: "Value hidden due to security reasons.",
      streamUrl: `wss://ssmmessages.eu-west-1.amazonaws.com/v1/data-channel/${session}?role=publish_subscribe`,
    },
    ...rest,
  });
}

export function ofSession(
  eventName: "ResumeSession" | "TerminateSession",
  session: string,
  over: Partial<CloudTrailEvent> = {},
): CloudTrailEvent {
  return event({
    eventName,
    requestParameters: { sessionId: session },
    responseElements: { sessionId: session },
    ...over,
  });
}

export function refused(eventName: string, over: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return event({
    eventName,
    errorCode: "AccessDenied",
    errorMessage: `User: ${JANE.arn} is not authorized to perform: ssm:${eventName}`,
    ...over,
  });
}

export function sentCommand(over: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return event({
    eventName: "SendCommand",
    requestParameters: {
      documentName: "AWS-RunShellScript",
      instanceIds: [INSTANCE],
      comment: "patch",
      parameters: "HIDDEN_DUE_TO_SECURITY_REASONS",
      interactive: false,
    },
    responseElements: { command: { commandId: "e2171883-d9d1-478c-9ad2-2c7c51ca6c2e", status: "Pending" } },
    ...over,
  });
}

/** Athena's own sessions of notebooks, which have the same name. */
export function athenaSession(): CloudTrailEvent {
  return event({
    eventSource: "athena.amazonaws.com",
    requestParameters: { workGroup: "notebook-workgroup" },
    responseElements: { sessionId: "a2c1ebba-ad01-865f-ed2d-a142b7451f7e", state: "CREATING" },
  });
}

export function assumedRole(roleArn: string, over: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return event({
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRole",
    userIdentity: JOHN,
    requestParameters: { roleArn, roleSessionName: "john" },
    responseElements: { assumedRoleUser: { arn: `${roleArn}/john` } },
    readOnly: true,
    ...over,
  });
}

/** The event as the default bus carries it. */
export function onBus(detail: CloudTrailEvent): Readonly<Record<string, unknown>> {
  return {
    version: "0",
    id: detail.eventID,
    "detail-type": "AWS API Call via CloudTrail",
    source: `aws.${detail.eventSource.split(".")[0]}`,
    account: ACCOUNT,
    time: detail.eventTime,
    region: detail.awsRegion,
    resources: [],
    detail,
  };
}
