import type { Place, Question } from "../decide/question.ts";

/**
 * What makes a machine one of Systems Manager's: it reports itself, and opens the channels that sessions and commands
 * come through. `ssmmessages:OpenDataChannel` is not among them: people need it for their own sessions.
 *
 * Source: Service Authorization Reference: Systems Manager, Session Manager Message Gateway Service; Systems Manager
 * User Guide, "Verify or add instance permissions for Session Manager".
 */
export const MACHINE_IDENTITY_ACTIONS: readonly string[] = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
];

/** "Can the holder pass for a machine that Systems Manager manages?" */
export function machineIdentity(options: { readonly place?: Place } = {}): Question {
  return {
    name: "pass for a managed machine",
    scenarios: [
      {
        name: "a machine's own calls",
        checks: [{ name: "agent", actions: MACHINE_IDENTITY_ACTIONS, resources: ["{any}", "*"] }],
      },
    ],
    ...(options.place === undefined ? {} : { place: options.place }),
  };
}
