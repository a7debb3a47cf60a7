import assert from "node:assert/strict";
import { QUERIES, type QueryName, sqlOf } from "../../../components/audit/queries.ts";
import { COLUMNS } from "../../../components/audit/table.ts";
import { ask } from "./support/athena.ts";
import {
  athenaSession,
  type CloudTrailEvent,
  event,
  INSTANCE,
  JANE,
  JOHN,
  ofSession,
  refused,
  ROOT,
  sentCommand,
  started,
} from "./support/samples.ts";

const DOCUMENTS = {
  tunnels: ["AWS-StartSSHSession", "shop-dev.db"],
  commands: ["AWS-StartInteractiveCommand"],
};

/** So many days ago, at a time of that day in UTC. */
function ago(days: number, time: string): string {
  const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${time}Z`;
}

/** A month of an account. */
const EVENTS: readonly CloudTrailEvent[] = [
  started("shop-dev-shell", { session: "jane-1", eventTime: ago(2, "09:00:00") }),
  ofSession("ResumeSession", "jane-1", { eventTime: ago(2, "09:30:00") }),
  ofSession("ResumeSession", "jane-1", { eventTime: ago(2, "09:45:00") }),
  ofSession("TerminateSession", "jane-1", { eventTime: ago(2, "10:40:59"), userIdentity: JOHN }),
  // A second end of the same session, and one that was denied, before.
  ofSession("TerminateSession", "jane-1", { eventTime: ago(2, "11:00:00") }),
  ofSession("TerminateSession", "jane-1", { eventTime: ago(2, "10:00:00"), errorCode: "AccessDenied" }),
  started(undefined, {
    session: "john-1",
    eventTime: ago(1, "12:00:00"),
    userIdentity: JOHN,
  }),
  started("shop-dev.db", {
    session: "jane-2",
    eventTime: ago(1, "13:00:00"),
    parameters: { localPortNumber: ["15432"] },
  }),
  started("arn:aws:ssm:eu-west-1::document/AWS-StartSSHSession", {
    session: "jane-3",
    eventTime: ago(1, "14:00:00"),
    parameters: { portNumber: ["22"] },
  }),
  // The dot of the tunnel's name stands for itself.
  started("shop-devxdb", { session: "jane-4", eventTime: ago(1, "15:00:00") }),
  started("AWS-StartInteractiveCommand", {
    session: "jane-5",
    eventTime: ago(1, "16:00:00"),
    parameters: { command: ["top"] },
  }),
  sentCommand({ eventTime: ago(1, "17:00:00"), userIdentity: ROOT }),
  sentCommand({
    eventTime: ago(1, "18:00:00"),
    requestParameters: {
      documentName: "AWS-RunShellScript",
      targets: [{ key: "tag:Fleet", values: ["workers"] }],
    },
  }),
  refused("StartSession", { eventTime: ago(1, "19:00:00") }),
  event({ errorCode: "TargetNotConnected", eventTime: ago(1, "20:00:00") }),
  { ...athenaSession(), eventTime: ago(1, "21:00:00") },
  started("shop-dev-shell", { session: "jane-old", eventTime: ago(32, "09:00:00") }),
];

function answer(name: QueryName, parameters: readonly string[] = []): ReturnType<typeof ask> {
  return ask(sqlOf(name, DOCUMENTS), EVENTS, COLUMNS, parameters);
}

async function column(name: QueryName, of: string, parameters: readonly string[] = []): Promise<unknown[]> {
  return (await answer(name, parameters)).map((row) => row[of]);
}

describe("the named queries of an audit", function () {
  this.timeout(30_000);

  it("tell who started a session of the last thirty days, the latest first", async () => {
    assert.deepEqual(await column("sessions", "session"), [
      "jane-5",
      "jane-4",
      "jane-3",
      "jane-2",
      "john-1",
      "jane-1",
    ]);
    assert.deepEqual((await answer("sessions")).at(-1), {
      occurred_at: ago(2, "09:00:00"),
      account: "111122223333",
      region: "eu-west-1",
      who: JANE.arn,
      source_ip: "203.0.113.10",
      identity_type: "AssumedRole",
      mfa: "true",
      instance: INSTANCE,
      document: "shop-dev-shell",
      reason: null,
      session: "jane-1",
    });
  });

  it("name the account's preferences where a session names no document", async () => {
    const john = (await answer("sessions")).find(({ session }) => session === "john-1");
    assert.equal(john?.["document"], "SSM-SessionManagerRunShell");
  });

  it("tell of one instance, and of one person", async () => {
    assert.equal((await column("sessions-of-instance", "session", [INSTANCE])).length, 6);
    assert.deepEqual(await column("sessions-of-instance", "session", ["i-00000000000000000"]), []);
    assert.deepEqual(await column("sessions-of-person", "session", ["user/john"]), ["john-1"]);
  });

  it("tell how long a session was: until it was first ended, by whomever", async () => {
    const rows = await answer("durations");
    const jane = rows.find(({ session }) => session === "jane-1");
    assert.deepEqual(jane, {
      session: "jane-1",
      who: JANE.arn,
      instance: INSTANCE,
      document: "shop-dev-shell",
      started_at: ago(2, "09:00:00"),
      ended_at: ago(2, "10:40:59"),
      ended_by: JOHN.arn,
      minutes: "100",
      resumed: "2",
      last_resumed_at: ago(2, "09:45:00"),
    });
    const john = rows.find(({ session }) => session === "john-1");
    assert.deepEqual([john?.["ended_at"], john?.["minutes"], john?.["resumed"]], [null, null, "0"]);
    assert.equal(rows.length, 6);
  });

  it("tell tunnels and their ports, by the document's name or ARN", async () => {
    const rows = await answer("tunnels");
    assert.deepEqual(
      rows.map(({ session, host, port, local_port }) => [session, host, port, local_port]),
      [
        ["jane-3", null, "22", null],
        ["jane-2", null, null, "15432"],
      ],
    );
  });

  it("tell commands, and on which machines", async () => {
    const rows = await answer("commands");
    assert.deepEqual(
      rows.map(({ call, who, targets }) => [call, who, targets]),
      [
        ["SendCommand", JANE.arn, '[{"key":"tag:Fleet","values":["workers"]}]'],
        ["SendCommand", ROOT.arn, JSON.stringify([INSTANCE])],
        ["StartSession", JANE.arn, INSTANCE],
      ],
    );
  });

  it("tell what was denied, and why", async () => {
    const rows = await answer("denied-calls");
    assert.deepEqual(
      rows.map(({ call, error, message }) => [call, error, message]),
      [
        ["StartSession", "AccessDenied", `User: ${JANE.arn} is not authorized to perform: ssm:StartSession`],
        ["TerminateSession", "AccessDenied", null],
      ],
    );
  });

  it("tell who had no MFA", async () => {
    assert.deepEqual(await column("without-mfa", "session"), ["john-1"]);
  });

  for (const [name, { sql }] of Object.entries(QUERIES)) {
    it(`${name} reads a part of the trail, and of Systems Manager alone`, () => {
      const reads = sql.split("FROM cloudtrail").length - 1;
      assert.ok(reads >= 1);
      assert.equal(sql.split("WHERE day >=").length - 1, reads);
      assert.equal(sql.split("eventsource = 'ssm.amazonaws.com'").length - 1, reads);
    });
  }
});
