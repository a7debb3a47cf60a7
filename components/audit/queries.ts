/**
 * Questions about sessions in the SQL of Athena (engine version 3, Trino), over the table `cloudtrail`. Pure.
 *
 * Each reads the last thirty days; whoever wants others changes the line with `day`, which keeps a query from reading, and
 * paying for, the whole trail. Athena has a call StartSession of its own: the source of an event is always asked for.
 */

export interface NamedQuery {
  /** The question, as the console lists it. */
  readonly description: string;
  readonly sql: string;
}

/** What says when and in which part of the trail. Partitions are days in UTC, as `2026/01/31`. */
const RECENT = "day >= date_format(current_date - interval '30' day, '%Y/%m/%d')";

const FROM_SSM = `FROM cloudtrail
WHERE ${RECENT}
  AND eventsource = 'ssm.amazonaws.com'`;

const STARTS = `${FROM_SSM}
  AND eventname = 'StartSession'
  AND errorcode IS NULL`;

const WHO = `eventtime AS occurred_at,
  account,
  region,
  useridentity.arn AS who,
  sourceipaddress AS source_ip`;

const TARGET = "json_extract_scalar(requestparameters, '$.target') AS instance";
const DOCUMENT =
  "coalesce(json_extract_scalar(requestparameters, '$.documentName'), 'SSM-SessionManagerRunShell') AS document";
const SESSION = "json_extract_scalar(responseelements, '$.sessionId') AS session";

const SESSIONS = `SELECT
  ${WHO},
  useridentity.type AS identity_type,
  useridentity.sessioncontext.attributes.mfaauthenticated AS mfa,
  ${TARGET},
  ${DOCUMENT},
  json_extract_scalar(requestparameters, '$.reason') AS reason,
  ${SESSION}
${STARTS}`;

/** The queries by name. */
export const QUERIES = {
  sessions: {
    description: "Who started a session, when, from where, on which instance, and why",
    sql: `${SESSIONS}
ORDER BY eventtime DESC`,
  },
  "sessions-of-instance": {
    description: "Who was on one instance: give its id in single quotes as the parameter",
    sql: `${SESSIONS}
  AND json_extract_scalar(requestparameters, '$.target') = ?
ORDER BY eventtime DESC`,
  },
  "sessions-of-person": {
    description: "Where one person was: give a part of the ARN in single quotes as the parameter",
    sql: `${SESSIONS}
  AND strpos(useridentity.arn, ?) > 0
ORDER BY eventtime DESC`,
  },
  durations: {
    description:
      "How long sessions were. Without an end: it is still open, timed out, or was left by exit, which CloudTrail does not see",
    sql: `WITH started AS (
  SELECT
    eventtime,
    useridentity.arn AS who,
    ${TARGET},
    ${DOCUMENT},
    ${SESSION}
  ${STARTS.replaceAll("\n", "\n  ")}
), later AS (
  SELECT
    eventname,
    eventtime,
    useridentity.arn AS who,
    json_extract_scalar(requestparameters, '$.sessionId') AS session
  ${FROM_SSM.replaceAll("\n", "\n  ")}
    AND eventname IN ('ResumeSession', 'TerminateSession')
    AND errorcode IS NULL
), resumed AS (
  SELECT session, count(*) AS times, max(eventtime) AS last_at
  FROM later
  WHERE eventname = 'ResumeSession'
  GROUP BY session
), ended AS (
  SELECT session, min(eventtime) AS ended_at, min_by(who, eventtime) AS ended_by
  FROM later
  WHERE eventname = 'TerminateSession'
  GROUP BY session
)
SELECT
  started.session AS session,
  started.who AS who,
  started.instance AS instance,
  started.document AS document,
  started.eventtime AS started_at,
  ended.ended_at AS ended_at,
  ended.ended_by AS ended_by,
  date_diff(
    'minute',
    from_iso8601_timestamp(started.eventtime),
    from_iso8601_timestamp(ended.ended_at)
  ) AS minutes,
  coalesce(resumed.times, 0) AS resumed,
  resumed.last_at AS last_resumed_at
FROM started
LEFT JOIN ended ON ended.session = started.session
LEFT JOIN resumed ON resumed.session = started.session
ORDER BY started.eventtime DESC`,
  },
  tunnels: {
    description:
      "Which ports were forwarded, and to which hosts; what went through them is not logged anywhere",
    sql: `SELECT
  ${WHO},
  ${TARGET},
  ${DOCUMENT},
  json_extract_scalar(requestparameters, '$.parameters.host[0]') AS host,
  json_extract_scalar(requestparameters, '$.parameters.portNumber[0]') AS port,
  json_extract_scalar(requestparameters, '$.parameters.localPortNumber[0]') AS local_port,
  ${SESSION}
${STARTS}
  AND regexp_like(json_extract_scalar(requestparameters, '$.documentName'), '{tunnels}')
ORDER BY eventtime DESC`,
  },
  commands: {
    description: "Which commands were run: Run Command, and sessions of single commands",
    sql: `SELECT
  ${WHO},
  eventname AS call,
  json_extract_scalar(requestparameters, '$.documentName') AS document,
  coalesce(
    json_extract_scalar(requestparameters, '$.target'),
    json_format(json_extract(requestparameters, '$.instanceIds')),
    json_format(json_extract(requestparameters, '$.targets'))
  ) AS targets,
  json_extract_scalar(requestparameters, '$.comment') AS comment,
  coalesce(
    json_extract_scalar(responseelements, '$.sessionId'),
    json_extract_scalar(responseelements, '$.command.commandId')
  ) AS id
${FROM_SSM}
  AND errorcode IS NULL
  AND (
    eventname = 'SendCommand'
    OR (
      eventname = 'StartSession'
      AND regexp_like(json_extract_scalar(requestparameters, '$.documentName'), '{commands}')
    )
  )
ORDER BY eventtime DESC`,
  },
  "denied-calls": {
    description: "Who was denied a session, its end, or a command, and why",
    sql: `SELECT
  ${WHO},
  eventname AS call,
  ${TARGET},
  json_extract_scalar(requestparameters, '$.documentName') AS document,
  errorcode AS error,
  errormessage AS message
${FROM_SSM}
  AND eventname IN ('ResumeSession', 'SendCommand', 'StartSession', 'TerminateSession')
  AND errorcode LIKE 'AccessDenied%'
ORDER BY eventtime DESC`,
  },
  "without-mfa": {
    description:
      "Sessions of people's own credentials without MFA; federated people's MFA is not in CloudTrail",
    sql: `${SESSIONS}
  AND coalesce(useridentity.sessioncontext.attributes.mfaauthenticated, 'false') <> 'true'
ORDER BY eventtime DESC`,
  },
} as const satisfies Readonly<Record<string, NamedQuery>>;

export type QueryName = keyof typeof QUERIES;

/** Characters of document names that mean something else in a regular expression. */
function literal(name: string): string {
  return name.replaceAll(".", "\\.");
}

/** The text of a query, with the names of the documents that are tunnels and commands. */
export function sqlOf(
  name: QueryName,
  documents: { readonly tunnels: readonly string[]; readonly commands: readonly string[] },
): string {
  const anyOf = (names: readonly string[]): string => `(^|/)(${names.map(literal).join("|")})$`;
  return QUERIES[name].sql
    .replace("{tunnels}", () => anyOf(documents.tunnels))
    .replace("{commands}", () => anyOf(documents.commands));
}
