import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import {
  argument,
  AWS_DOCUMENTS,
  connectCommand,
  forwardCommand,
  remoteForwardCommand,
  sessionHost,
  sshConfigBlock,
} from "../../../components/instance/session-commands.ts";

const TARGET = { instanceId: "i-0a1b2c3d4e5f60718", region: "eu-west-1" };
const START = "aws ssm start-session --target i-0a1b2c3d4e5f60718 --region eu-west-1";

/** What a POSIX shell makes of a command line: its words. */
function words(line: string): string[] {
  return execFileSync("sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" })
    .split("\n")
    .slice(0, -1);
}

describe("a command line", () => {
  it("opens a shell with the account's preferences", () => {
    assert.equal(connectCommand(TARGET, undefined), START);
  });

  it("opens a shell with a document", () => {
    assert.equal(connectCommand(TARGET, "shop-dev-shell"), `${START} --document-name shop-dev-shell`);
  });

  it("forwards a port with AWS's document", () => {
    assert.equal(
      forwardCommand(TARGET, AWS_DOCUMENTS.port, 3389, 13_389),
      `${START} --document-name AWS-StartPortForwardingSession --parameters "portNumber=3389,localPortNumber=13389"`,
    );
  });

  it("forwards a port of another host with AWS's document", () => {
    assert.equal(
      remoteForwardCommand(TARGET, AWS_DOCUMENTS.remoteHost, "db.internal", 5432, 15_432),
      `${START} --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters "host=db.internal,portNumber=5432,localPortNumber=15432"`,
    );
  });

  it("leaves out what the document fixes", () => {
    const fixed = { name: "shop-dev-database", parameters: ["localPortNumber"] } as const;
    assert.equal(
      remoteForwardCommand(TARGET, fixed, "db.internal", 5432, 15_432),
      `${START} --document-name shop-dev-database --parameters "localPortNumber=15432"`,
    );
    assert.equal(
      forwardCommand(TARGET, { name: "shop-dev-closed", parameters: [] }, 80, 80),
      `${START} --document-name shop-dev-closed`,
    );
  });

  it("is the same words to a shell", () => {
    assert.deepEqual(words(remoteForwardCommand(TARGET, AWS_DOCUMENTS.remoteHost, "fd00::1", 5432, 1)), [
      ..."aws ssm start-session --target i-0a1b2c3d4e5f60718 --region eu-west-1 --document-name".split(" "),
      "AWS-StartPortForwardingSessionToRemoteHost",
      "--parameters",
      "host=fd00::1,portNumber=5432,localPortNumber=1",
    ]);
  });

  it("refuses a host that would end its parameter or the command", () => {
    for (const host of [
      "a,portNumber=22",
      "a b",
      "a;id",
      "$(id)",
      "`id`",
      'a"',
      "a'",
      "",
      "-x",
      "a\nb",
      "a%b",
    ]) {
      assert.throws(
        () => remoteForwardCommand(TARGET, AWS_DOCUMENTS.remoteHost, host, 80, 80),
        /expected a host name/,
        host,
      );
    }
  });
});

describe("an argument", () => {
  it("is one word to a shell, and the same text, or is refused", () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.string({
        minLength: 1,
        maxLength: 12,
        unit: fc.constantFrom(...Array.from("aZ0_.:/=,@+-$`\\\"' ;&|<>%!*?~#")),
      }),
    );
    const accepted: string[] = [];
    fc.assert(
      fc.property(text, (value) => {
        try {
          accepted.push(argument(value));
        } catch (error) {
          assert.match(String(error), /a part of a command line is/);
          return;
        }
        assert.match(value, /^[\w.:/=,@+-]+$/);
      }),
      { numRuns: 500 },
    );
    assert.ok(accepted.length > 20);
    // One shell for all of them: starting one for each would take long.
    assert.deepEqual(
      words(accepted.join(" ")),
      accepted.map((word) => word.replaceAll('"', "")),
    );
  });
});

describe("a host", () => {
  for (const host of ["db.internal", "10.0.0.1", "fd00::1", "::1", "a", "my_db.local", "x".repeat(253)]) {
    it(`may be ${host.slice(0, 20)}`, () => {
      assert.equal(sessionHost(host), undefined);
    });
  }
  for (const host of ["", "http://db", "db/x", "[::1]", "-db", "db-", "db.", "x".repeat(254)]) {
    it(`may not be ${JSON.stringify(host.slice(0, 20))}`, () => {
      assert.notEqual(sessionHost(host), undefined);
    });
  }
});

describe("a block of SSH configuration", () => {
  it("goes through Session Manager, with nothing in it that a shell would change", () => {
    assert.equal(
      sshConfigBlock(TARGET, AWS_DOCUMENTS.ssh, "shop-dev-app", "ec2-user"),
      [
        "Host shop-dev-app",
        "  HostName i-0a1b2c3d4e5f60718",
        "  User ec2-user",
        "  ProxyCommand aws ssm start-session --target %h --region eu-west-1 --document-name AWS-StartSSHSession --parameters portNumber=%p",
        "",
      ].join("\n"),
    );
  });

  it("leaves the port to a document that fixes it", () => {
    const block = sshConfigBlock(TARGET, { name: "shop-dev-ssh", parameters: [] }, "app", "ubuntu");
    assert.match(block, /--document-name shop-dev-ssh\n$/);
  });

  it("refuses an alias that is several", () => {
    assert.throws(
      () => sshConfigBlock(TARGET, AWS_DOCUMENTS.ssh, "a b", "ubuntu"),
      /a part of a command line/,
    );
  });
});
