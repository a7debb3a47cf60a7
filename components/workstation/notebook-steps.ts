import {
  argument,
  type CommandDocument,
  forwardCommand,
  type SessionTarget,
} from "../instance/session-commands.ts";
import { NOTEBOOK_PORT } from "./setup-script.ts";

/** Command lines from a machine that may be stopped to a notebook in the browser. */
export interface NotebookSteps {
  /** Starts the machine where it stopped. */
  readonly start: string;
  /** Prints the token. */
  readonly token: string;
  /** Opens the tunnel, until it is interrupted. */
  readonly tunnel: string;
  /** What to open in the browser; Jupyter asks for the token. */
  readonly url: string;
}

/** Each line means the same in a POSIX shell, PowerShell and cmd. Pure. */
export function notebookSteps(
  target: SessionTarget,
  document: CommandDocument,
  parameterName: string,
  localPort: number,
): NotebookSteps {
  const aws = (...words: readonly string[]): string =>
    ["aws", ...words, "--region", target.region].map(argument).join(" ");
  return {
    start: aws("ec2", "start-instances", "--instance-ids", target.instanceId),
    token: aws(
      "ssm",
      "get-parameter",
      "--name",
      parameterName,
      "--with-decryption",
      "--query",
      "Parameter.Value",
      "--output",
      "text",
    ),
    tunnel: forwardCommand(target, document, NOTEBOOK_PORT, localPort),
    url: `http://localhost:${localPort}/lab`,
  };
}
