import type { CredentialKind, Question } from "@bastionless/iam";
import { iam } from "../../iam.ts";

/** A way onto a machine, and the question whether it is open. */
export interface DoorQuestion {
  /** The action, in AWS's words. */
  readonly door: string;
  readonly question: Question;
}

/** Every way onto machines, for a role's own sessions. */
export function doorsOfRole(credentials: readonly CredentialKind[]): readonly DoorQuestion[] {
  const { anySession, SIDE_DOORS, sideDoorOpen } = iam();
  return [
    { door: "ssm:StartSession", question: anySession({ credentials }) },
    ...SIDE_DOORS.map((door) => ({ door: door.id, question: sideDoorOpen(door, { credentials }) })),
  ];
}
