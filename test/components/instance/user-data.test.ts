import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AgentInstall,
  agentInstallScript,
  type AgentSource,
} from "../../../components/instance/agent-install.ts";
import { AGENT_SIGNING_KEY } from "../../../components/instance/agent-signing-key.ts";
import { parseOpenPgpKey } from "../../../components/instance/openpgp-key.ts";
import { USER_DATA_BYTES, userDataCheck, withAgent } from "../../../components/instance/user-data.ts";
import { REGIONS } from "../../../offline/aws/tables/regions.ts";

const signingKey = parseOpenPgpKey(AGENT_SIGNING_KEY);
assert.ok(signingKey !== undefined);
const INSTALL: AgentInstall = { package: "deb", architecture: "arm64", signingKey };
const SOURCE: AgentSource = { region: "eu-west-1", dnsSuffix: "amazonaws.com" };

interface Part {
  readonly type: string;
  readonly name: string;
  readonly content: string;
}

/** The parts of a message as a reader of mail finds them. */
function partsOf(message: string): readonly Part[] {
  const boundary = /boundary="(?<boundary>[^"]+)"/.exec(message)?.groups?.["boundary"];
  assert.ok(boundary !== undefined);
  const [, ...rest] = message.split(`\n--${boundary}`);
  assert.equal(rest.at(-1), "--\n");
  return rest.slice(0, -1).map((part) => {
    const [head = "", ...lines] = part.replace(/^\n/, "").split("\n\n");
    const body = lines.join("\n\n");
    const encoding = /^Content-Transfer-Encoding: (?<encoding>\w+)$/m.exec(head)?.groups?.["encoding"];
    return {
      type: /^Content-Type: (?<type>[^;]+);/m.exec(head)?.groups?.["type"] ?? "",
      name: /filename="(?<name>[^"]+)"/.exec(head)?.groups?.["name"] ?? "",
      content: encoding === "base64" ? Buffer.from(body, "base64").toString() : body,
    };
  });
}

describe("user data that installs the agent", () => {
  it("is the script alone where nothing else is to run", () => {
    assert.equal(withAgent(INSTALL, SOURCE, undefined), agentInstallScript(INSTALL, SOURCE));
    assert.ok(withAgent(INSTALL, SOURCE, undefined).startsWith("#!/bin/sh\n"));
  });

  for (const [what, own, type] of [
    ["a script", "#!/bin/sh\necho hello", "text/x-shellscript"],
    ["a script of Python", "#!/usr/bin/env python3\nprint(1)", "text/x-shellscript"],
    ["cloud-config", "#cloud-config\npackages: [git]\n", "text/cloud-config"],
    ["a script with umlauts", "#!/bin/sh\necho Grüße 🙂\n", "text/x-shellscript"],
  ] as const) {
    it(`runs before ${what}, which stays as it is`, () => {
      const [agent, second, ...more] = partsOf(withAgent(INSTALL, SOURCE, own));
      assert.deepEqual(more, []);
      assert.deepEqual(agent, {
        type: "text/x-shellscript",
        name: "1-ssm-agent",
        content: agentInstallScript(INSTALL, SOURCE),
      });
      assert.deepEqual(
        { ...second, content: second?.content.trimEnd() },
        { type, name: "2-user-data", content: own.trimEnd() },
      );
    });
  }

  it("is the same for the same arguments", () => {
    assert.equal(withAgent(INSTALL, SOURCE, "#!/bin/sh"), withAgent(INSTALL, SOURCE, "#!/bin/sh"));
  });

  it("fits into EC2's limit in every Region, where it was taken", () => {
    const check = userDataCheck(INSTALL);
    const letters = fc.constantFrom("a", "ü", "\n");
    let taken = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 13_000 }), letters, (length, letter) => {
        const own = `#!/bin/sh\n${letter.repeat(length)}`;
        if (check(own) !== undefined) {
          return;
        }
        taken += 1;
        for (const [region, { partition }] of Object.entries(REGIONS)) {
          const dnsSuffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
          assert.ok(Buffer.byteLength(withAgent(INSTALL, { region, dnsSuffix }, own)) <= USER_DATA_BYTES);
        }
      }),
    );
    assert.ok(taken > 10);
  });

  it("leaves more than ten thousand bytes to the owner, and says how many", () => {
    const check = userDataCheck(INSTALL);
    assert.equal(check(`#!${"x".repeat(10_000)}`), undefined);
    const fault = check(`#!${"x".repeat(16_000)}`);
    assert.match(fault?.expected ?? "", /^at most 1[0-2]\d{3} bytes$/);
  });
});

describe("user data without the agent's installation", () => {
  it("may be anything, up to EC2's limit", () => {
    const check = userDataCheck(undefined);
    assert.equal(check("x".repeat(16_384)), undefined);
    assert.match(check("x".repeat(16_385))?.expected ?? "", /16384 bytes/);
  });
});
