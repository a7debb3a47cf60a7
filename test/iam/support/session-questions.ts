import {
  anySession,
  CHANGE_DOORS,
  machineIdentity,
  type Question,
  sessionOutsideTags,
  sessionsOfOthers,
  sessionWithoutMfa,
  sessionWithDocument,
  sessionWithOtherDocument,
  sessionWithOtherOwnDocument,
  SIDE_DOORS,
  sideDoorOpen,
  sideDoorWithoutMfa,
} from "@bastionless/iam";

/** Every question about session access that the library brings, each with an example of what it takes. */
export const SESSION_QUESTIONS: readonly Question[] = [
  anySession(),
  sessionWithoutMfa(),
  ...sessionOutsideTags({ Environment: ["prod"] }),
  sessionWithOtherDocument(["arn:*:ssm:*:*:document/acme-*"]),
  sessionWithDocument({ aws: ["AWS-StartSSHSession"] }),
  sessionWithOtherOwnDocument(["arn:*:ssm:*:*:document/acme-*"]),
  machineIdentity(),
  sessionsOfOthers("ssm:TerminateSession"),
  sessionsOfOthers("ssm:ResumeSession"),
  ...[...SIDE_DOORS, ...CHANGE_DOORS].flatMap((door) => [sideDoorOpen(door), sideDoorWithoutMfa(door)]),
];
