import assert from "node:assert/strict";
import { roleUsedPattern } from "../../../components/access/alarm.ts";
import { matches } from "../audit/support/event-pattern.ts";
import {
  ACCOUNT,
  assumedRole,
  event,
  JANE,
  JOHN,
  onBus,
  ofSession,
  sentCommand,
  started,
  type CloudTrailEvent,
} from "../audit/support/samples.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/shop-dev-break-glass`;

/** Somebody who has assumed a role. */
function holderOf(roleArn: string): CloudTrailEvent["userIdentity"] {
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return {
    ...JANE,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/jane`,
    sessionContext: {
      ...JANE.sessionContext,
      sessionIssuer: { ...JANE.sessionContext.sessionIssuer, arn: roleArn, userName: name },
    },
  };
}

const heard = (detail: CloudTrailEvent): boolean => matches(JSON.parse(roleUsedPattern(ROLE)), onBus(detail));

describe("what is heard of a break-glass role's use", () => {
  for (const [what, detail] of [
    ["its assumption", assumedRole(ROLE)],
    [
      "its assumption from another account",
      assumedRole(ROLE, {
        userIdentity: {
          type: "AWSAccount",
          principalId: "AIDAEXAMPLEEXAMPLE456:jane",
          accountId: "444455556666",
        },
      }),
    ],
    ["a shell with it", started("shop-dev-shell", { userIdentity: holderOf(ROLE) })],
    ["a session without a document with it", started(undefined, { userIdentity: holderOf(ROLE) })],
    [
      "a tunnel with it",
      started("AWS-StartPortForwardingSessionToRemoteHost", {
        userIdentity: holderOf(ROLE),
        parameters: { host: ["db.internal"], portNumber: ["5432"] },
      }),
    ],
    ["an SSH session with it", started("AWS-StartSSHSession", { userIdentity: holderOf(ROLE) })],
    [
      "a session with it that is denied",
      started("shop-dev-shell", {
        userIdentity: holderOf(ROLE),
        errorCode: "AccessDeniedException",
        responseElements: null,
      }),
    ],
  ] as const) {
    it(`is ${what}`, () => {
      assert.equal(heard(detail), true);
    });
  }

  for (const [what, detail] of [
    ["the assumption of another role", assumedRole(`arn:aws:iam::${ACCOUNT}:role/operators`)],
    ["that of a role whose name starts as its does", assumedRole(`${ROLE}-2`)],
    ["that of its namesake in another account", assumedRole(ROLE.replace(ACCOUNT, "444455556666"))],
    [
      "an assumption that is denied, of which CloudTrail keeps no role",
      assumedRole(ROLE, { errorCode: "AccessDenied", requestParameters: null, responseElements: null }),
    ],
    ["a session of somebody else", started("shop-dev-shell")],
    ["a session of an IAM user", started("shop-dev-shell", { userIdentity: JOHN })],
    ["the end of a session", ofSession("TerminateSession", "jane-0", { userIdentity: holderOf(ROLE) })],
    ["a command, which the role may not send", sentCommand()],
    [
      "a session of Athena's with it",
      event({ eventSource: "athena.amazonaws.com", userIdentity: holderOf(ROLE) }),
    ],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.equal(heard(detail), false);
    });
  }
});
