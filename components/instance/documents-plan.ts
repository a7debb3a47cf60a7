import type { Input } from "@pulumi/pulumi";
import { matching } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import type { InstanceDocuments, TunnelDocument } from "./machine-args.ts";
import { AWS_DOCUMENTS, PORT_PARAMETERS, type PortParameter } from "./session-commands.ts";

/** A document as commands name it, its name perhaps an output. */
export interface TunnelDocumentPlan {
  readonly name: Input<string>;
  readonly parameters: readonly PortParameter[];
}

export interface DocumentsPlan {
  readonly shell: Input<string> | undefined;
  readonly forward: TunnelDocumentPlan;
  readonly remoteForward: TunnelDocumentPlan;
  readonly ssh: TunnelDocumentPlan;
}

export const documentName = matching(
  /^[\w.:/-]{3,128}$/,
  "the name or ARN of a document, 3 to 128 letters, digits and `_.-:/`",
  "give the name of a session document",
);

export function planDocuments(problems: Problems, documents: InstanceDocuments): DocumentsPlan {
  const shell = documents.shell?.documentName;
  return {
    shell:
      shell === undefined ? undefined : problems.input("documents.shell.documentName", shell, documentName),
    forward: planTunnelDocument(problems, "documents.forward", documents.forward, AWS_DOCUMENTS.port),
    remoteForward: planTunnelDocument(
      problems,
      "documents.remoteForward",
      documents.remoteForward,
      AWS_DOCUMENTS.remoteHost,
    ),
    ssh: planTunnelDocument(problems, "documents.ssh", documents.ssh, AWS_DOCUMENTS.ssh),
  };
}

/** Checks a document that a command is to name; without one, `otherwise`. */
export function planTunnelDocument(
  problems: Problems,
  path: string,
  document: TunnelDocument | undefined,
  otherwise: TunnelDocumentPlan,
): TunnelDocumentPlan {
  if (document === undefined) {
    return otherwise;
  }
  for (const parameter of document.parameters) {
    if (!isPortParameter(parameter)) {
      problems.add(`${path}.parameters`, parameter, {
        expected: `only ${PORT_PARAMETERS.map((known) => `\`${known}\``).join(", ")}`,
        remedy: "give a document for a port or a remote port",
      });
    }
  }
  return {
    name: problems.input(`${path}.documentName`, document.documentName, documentName),
    parameters: document.parameters.filter(isPortParameter),
  };
}

function isPortParameter(name: string): name is PortParameter {
  return PORT_PARAMETERS.some((known) => known === name);
}
