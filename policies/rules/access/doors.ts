import type { Check, CredentialKind, Question, SideDoor } from "@bastionless/iam";
import { iam } from "../../iam.ts";

/** A way onto a machine, and the question whether it is open. */
export interface DoorQuestion {
  /** The action, in AWS's words. */
  readonly door: string;
  readonly question: Question;
}

/** What a token of just-in-time access is a token for. */
const ACCESS_TOKEN = "ssm:GetAccessToken";
const ACCESS_REQUEST: Check = {
  name: "request",
  actions: ["ssm:StartAccessRequest"],
  resources: [
    "arn:{partition}:ec2:{region}:{account}:instance/{instance}",
    "arn:{partition}:ssm:{region}:{account}:managed-instance/{managed}",
  ],
};

const REQUEST_ACCESS: Question = {
  name: "request just-in-time access",
  scenarios: [{ name: "ssm:StartAccessRequest", checks: [ACCESS_REQUEST] }],
};

/**
 * What a way onto machines leads nowhere without: a token is one of a request for access, which who may only read
 * (`ssm:Get*`, AWS's `ReadOnlyAccess`) cannot begin.
 *
 * Source: Systems Manager User Guide, "Setting up just-in-time access with Systems Manager".
 */
export function onlyWith({ id }: SideDoor): { readonly onlyWith?: Question } {
  return id === ACCESS_TOKEN ? { onlyWith: REQUEST_ACCESS } : {};
}

/** Every way onto machines, for a role's own sessions. */
export function doorsOfRole(credentials: readonly CredentialKind[]): readonly DoorQuestion[] {
  const { anySession, SIDE_DOORS, sideDoorOpen } = iam();
  return [
    { door: "ssm:StartSession", question: anySession({ credentials }) },
    ...SIDE_DOORS.map((door) => ({
      door: door.id,
      question: sideDoorOpen(
        door.id === ACCESS_TOKEN ? { ...door, companions: [...door.companions, ACCESS_REQUEST] } : door,
        { credentials },
      ),
    })),
  ];
}
