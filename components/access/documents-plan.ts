import type { Input } from "@pulumi/pulumi";
import { matching, oneOf } from "../core/checks.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { SessionType } from "../documents/content.ts";
import type { AccessProfile, SessionAccessArgs } from "./args.ts";

const AWS_DOCUMENTS = [
  "AWS-StartInteractiveCommand",
  "AWS-StartNonInteractiveCommand",
  "AWS-StartPortForwardingSession",
  "AWS-StartPortForwardingSessionToRemoteHost",
  "AWS-StartSSHSession",
] as const;

const AWS_COMMAND_DOCUMENTS = [
  "AWS-GatherSoftwareInventory",
  "AWS-InstallWindowsUpdates",
  "AWS-RunPatchBaseline",
  "AWS-UpdateSSMAgent",
  "AmazonCloudWatch-ManageAgent",
] as const;

const SESSION_TYPES: readonly SessionType[] = [
  "InteractiveCommands",
  "NonInteractiveCommands",
  "Port",
  "Standard_Stream",
];

export interface AccessDocuments {
  readonly documentNames: readonly Input<string>[];
  readonly awsDocuments: readonly string[];
  readonly commandDocumentNames: readonly Input<string>[];
  readonly awsCommandDocuments: readonly string[];
}

/** Whether somebody with the profile starts sessions. */
export function startsSessions(profile: AccessProfile): boolean {
  return profile !== "auditor" && profile !== "command";
}

/** Which documents an access is pinned to. */
export function planDocuments(problems: Problems, args: SessionAccessArgs): AccessDocuments {
  return {
    documentNames: planSessionDocuments(problems, args),
    awsDocuments: planAwsDocuments(problems, args),
    ...planCommandDocuments(problems, args),
  };
}

function planCommandDocuments(
  problems: Problems,
  args: SessionAccessArgs,
): Pick<AccessDocuments, "awsCommandDocuments" | "commandDocumentNames"> {
  const own = args.commandDocuments ?? [];
  const ofAws = args.awsCommandDocuments ?? [];
  if (args.profile === "command") {
    if (own.length + ofAws.length === 0) {
      problems.add("commandDocuments", undefined, {
        expected: "at least one Command document to pin people to",
        remedy: "pass CommandDocument components, or name `awsCommandDocuments`",
      });
    }
  } else {
    for (const argument of ["commandDocuments", "awsCommandDocuments"] as const) {
      if ((args[argument] ?? []).length > 0) {
        problems.add(argument, args[argument]?.length, {
          expected: "none but for `command`: a command is a shell past the session logs",
          remedy: "give whoever runs commands an access of its own, with the profile `command`",
        });
      }
    }
  }
  for (const [index, document] of ofAws.entries()) {
    problems.check(`awsCommandDocuments[${index}]`, document, oneOf(AWS_COMMAND_DOCUMENTS));
  }
  return {
    commandDocumentNames: own.map((document, index) =>
      problems.input(`commandDocuments[${index}].documentName`, document.documentName, commandName),
    ),
    awsCommandDocuments: ofAws,
  };
}

const OWN_NAME = matching(/^[\w.-]{3,128}$/, "3 to 128 letters, digits and `_.-`, no ARN and no wildcard");

const commandName: Check<string> = (value) =>
  /^(?:aws|amazon|amzn)/i.test(value)
    ? { expected: "a document of this account", remedy: "name AWS's own in `awsCommandDocuments`" }
    : OWN_NAME(value);

function planSessionDocuments(problems: Problems, args: SessionAccessArgs): readonly Input<string>[] {
  const documents = args.documents ?? [];
  if (args.profile === "command" && documents.length > 0) {
    problems.add("documents", documents.length, {
      expected: "none for `command`, who starts no session",
      remedy: "name Command documents in `commandDocuments`, or choose `operator`",
    });
  }
  if (startsSessions(args.profile) && documents.length === 0) {
    problems.add("documents", undefined, {
      expected: "at least one session document to pin people to",
      remedy: "pass SessionDocument components",
    });
  }
  return documents.map((document, index) => {
    const path = `documents[${index}]`;
    problems.check(`${path}.sessionType`, document.sessionType, oneOf(SESSION_TYPES));
    if (
      args.profile === "tunnel" &&
      document.sessionType !== "Port" &&
      SESSION_TYPES.includes(document.sessionType)
    ) {
      problems.add(`${path}.sessionType`, document.sessionType, {
        expected: "`Port`, the only type that `tunnel` admits",
        remedy: "leave the document out, or choose the profile `operator`",
      });
    }
    return problems.input(`${path}.documentName`, document.documentName, documentName);
  });
}

const documentName: Check<string> = (value) =>
  value.startsWith("AWS-")
    ? { expected: "a document of this account", remedy: "name AWS's own in `awsDocuments`" }
    : OWN_NAME(value);

function planAwsDocuments(problems: Problems, args: SessionAccessArgs): readonly string[] {
  const documents = args.awsDocuments ?? [];
  for (const [index, document] of documents.entries()) {
    problems.check(`awsDocuments[${index}]`, document, oneOf(AWS_DOCUMENTS));
  }
  if (args.profile === "tunnel" && documents.length > 0) {
    problems.add("awsDocuments", documents, {
      expected: "none for `tunnel`: each leads to any port",
      remedy: "make Port documents of your own with a fixed port",
    });
  }
  if (args.profile === "command" && documents.length > 0) {
    problems.add("awsDocuments", documents, {
      expected: "none for `command`, who starts no session",
      remedy: "leave them out",
    });
  }
  return documents;
}
