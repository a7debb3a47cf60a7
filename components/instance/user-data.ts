import { createHash } from "node:crypto";
import type { Check, Fault } from "../core/problems.ts";
import { type AgentInstall, agentInstallScript, type AgentSource } from "./agent-install.ts";

/**
 * User data of an instance, alone or behind the script that installs SSM Agent. Pure.
 *
 * Law: user data that is taken comes out within EC2's limit, whatever the Region.
 */

/** EC2's limit, before base64. Source: EC2 User Guide, "Run commands at launch with user data". */
export const USER_DATA_BYTES = 16_384;

/** Longer than any Region is called. */
const LONGEST: AgentSource = { region: "xx-northxxxxxxxx-99", dnsSuffix: "amazonaws.com.cn" };

/** What cloud-init does with a part, by how it starts; `undefined` for what it would not take as one part of several. */
function contentType(part: string): string | undefined {
  if (part.startsWith("#!")) {
    return "text/x-shellscript";
  }
  return /^#cloud-config\s/.test(part) ? "text/cloud-config" : undefined;
}

function mimePart(boundary: string, name: string, type: string, content: string): string {
  // Mail, which this is, has seven bits.
  const plain = /^[\t\n\x20-\x7e]*$/.test(content);
  const body = plain
    ? content
    : (
        Buffer.from(content)
          .toString("base64")
          .match(/.{1,76}/g) ?? []
      ).join("\n");
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset="utf-8"`,
    `Content-Transfer-Encoding: ${plain ? "7bit" : "base64"}`,
    `Content-Disposition: attachment; filename="${name}"`,
    "",
    body.endsWith("\n") ? body : `${body}\n`,
  ].join("\n");
}

/** The agent's script, and after it what the owner wants to run. Scripts run in the order of their names. */
export function withAgent(install: AgentInstall, source: AgentSource, userData: string | undefined): string {
  const script = agentInstallScript(install, source);
  if (userData === undefined) {
    return script;
  }
  const boundary = `bastionless-${createHash("sha256").update(script).update(userData).digest("hex").slice(0, 24)}`;
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    mimePart(boundary, "1-ssm-agent", "text/x-shellscript", script),
    mimePart(boundary, "2-user-data", contentType(userData) ?? "text/plain", userData),
    `--${boundary}--`,
    "",
  ].join("\n");
}

function tooLong(length: number, maximum: number): Fault | undefined {
  return length <= maximum
    ? undefined
    : {
        expected: `at most ${maximum} bytes`,
        remedy: "keep the script in a bucket or an image, and let user data fetch it",
      };
}

/** What is wrong with an owner's user data, where the agent is to be installed before it or not. */
export function userDataCheck(install: AgentInstall | undefined): Check<string> {
  return (value) => {
    if (install === undefined) {
      return tooLong(Buffer.byteLength(value), USER_DATA_BYTES);
    }
    if (contentType(value) === undefined) {
      return {
        expected: "a script that starts with `#!`, or `#cloud-config`, to run after SSM Agent is installed",
        remedy: "give it in one of the two forms, or set `installAgent` to false and install the agent in it",
      };
    }
    const own = Buffer.byteLength(value);
    const whole = Buffer.byteLength(withAgent(install, LONGEST, value));
    return tooLong(own, whole <= USER_DATA_BYTES ? own : Math.max(0, USER_DATA_BYTES - (whole - own)));
  };
}
