import type { Place, Question } from "../decide/question.ts";
import { outside, present } from "../decide/question.ts";

/** What can be done to a running session. */
export type SessionAction = "ssm:ResumeSession" | "ssm:TerminateSession";

/** Known of a session: the user id of whoever started it. */
const OWNER_KEY = "ssm:resourceTag/aws:ssmmessages:session-id";

/** Sessions of whoever asks, by their names. */
const OWN_SESSIONS: readonly string[] = [
  "arn:*:ssm:*:*:session/${aws:username}-*",
  "arn:*:ssm:*:*:session/${aws:userid}-*",
];

/**
 * "Can this be done to a session that someone else started?"
 *
 * A session's id begins with the name of the user who started it, and its owner key is that user's `aws:userid`; a
 * machine's tags do not apply to sessions. Many policies write `session/${aws:userid}-*`, which no session of a role has
 * for a name: it reaches nobody else's either, as no two users share an id.
 *
 * Source: Systems Manager User Guide, "Sample IAM policies for Session Manager"; Service Authorization Reference.
 */
export function sessionsOfOthers(action: SessionAction, options: { readonly place?: Place } = {}): Question {
  const session = "arn:{partition}:ssm:{region}:{account}:session/{session}";
  return {
    name: `${action} on someone else's session`,
    scenarios: [
      {
        name: "someone else's session",
        checks: [
          {
            name: "session",
            actions: [action],
            resources: [session],
            notResources: OWN_SESSIONS,
            keys: [present(OWNER_KEY), outside(OWNER_KEY, "${aws:userid}")],
            sessionResource: true,
          },
        ],
      },
    ],
    ...(options.place === undefined ? {} : { place: options.place }),
  };
}
