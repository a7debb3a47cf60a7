import assert from "node:assert/strict";
import {
  assumed,
  denied,
  FILTER_LENGTH,
  ofRoot,
  startedWithout,
} from "../../../components/audit/filter-patterns.ts";
import { filterMatches } from "./support/filter-pattern.ts";
import {
  ACCOUNT,
  assumedRole,
  athenaSession,
  type CloudTrailEvent,
  event,
  ofSession,
  refused,
  ROOT,
  sentCommand,
  started,
} from "./support/samples.ts";

const BREAK_GLASS = `arn:aws:iam::${ACCOUNT}:role/ops/break-glass`;

const SAMPLES = {
  logged: started("shop-dev-shell"),
  tunnel: started("shop-dev-db"),
  without: started(undefined),
  other: started("other-shell"),
  "aws tunnel": started("AWS-StartPortForwardingSession"),
  "by ARN": started(`arn:aws:ssm:eu-west-1:${ACCOUNT}:document/shop-dev-shell`),
  root: started("shop-dev-shell", { userIdentity: ROOT }),
  "root's command": sentCommand({ userIdentity: ROOT }),
  "root's look": event({ eventName: "DescribeSessions", userIdentity: ROOT }),
  denied: refused("StartSession"),
  "denied otherwise": refused("StartSession", { errorCode: "AccessDeniedException" }),
  "denied end": refused("TerminateSession"),
  failed: event({ errorCode: "TargetNotConnected" }),
  end: ofSession("TerminateSession", "jane-0e34861185201706f"),
  "break-glass": assumedRole(BREAK_GLASS),
  "break-glass by SAML": assumedRole(BREAK_GLASS, { eventName: "AssumeRoleWithSAML" }),
  "break-glass, refused": assumedRole(BREAK_GLASS, { errorCode: "AccessDenied" }),
  "another role": assumedRole(`arn:aws:iam::${ACCOUNT}:role/operators`),
  notebook: athenaSession(),
} as const satisfies Readonly<Record<string, CloudTrailEvent>>;

function counted(pattern: string): readonly string[] {
  return Object.entries(SAMPLES)
    .filter(([, sample]) => filterMatches(pattern, sample))
    .map(([name]) => name);
}

describe("the filter patterns of an audit", () => {
  it("count sessions with none of the logged documents, and with none at all", () => {
    assert.deepEqual(counted(startedWithout(["shop-dev-shell", "shop-dev-db"])), [
      "without",
      "other",
      "aws tunnel",
      "by ARN",
    ]);
  });

  it("count every session where no document is logged", () => {
    assert.deepEqual(counted(startedWithout([])), [
      "logged",
      "tunnel",
      "without",
      "other",
      "aws tunnel",
      "by ARN",
      "root",
    ]);
  });

  it("count what root does in sessions, and not what it looks at", () => {
    assert.deepEqual(counted(ofRoot()), ["root", "root's command"]);
  });

  it("count denied starts", () => {
    assert.deepEqual(counted(denied()), ["denied", "denied otherwise"]);
  });

  it("count roles that were assumed, whichever way", () => {
    assert.deepEqual(counted(assumed([`${BREAK_GLASS}-2`, BREAK_GLASS])), [
      "break-glass",
      "break-glass by SAML",
    ]);
  });

  it("are short enough with ten documents of thirty characters", () => {
    const names = Array.from({ length: 10 }, (_, index) => "a".repeat(28) + String(index).padStart(2, "0"));
    assert.ok(startedWithout(names).length <= FILTER_LENGTH, String(startedWithout(names).length));
  });
});
