import type { Data } from "../reader/data.ts";
import { at, type Place, root } from "../reader/place.ts";
import { excerpt, isUnreadable, type Read, readBoolean, readText, type Unreadable } from "../reader/read.ts";
import { readDocument } from "../reader/structured-text.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** Where a session document sends its log, and what it says of encryption there. */
export interface LogDestination {
  readonly kind: "bucket" | "log-group";
  /** Where the name stands in the document: `inputs.s3BucketName`. */
  readonly path: string;
  readonly name: Read<string>;
  /** Whether the document insists on encryption: `s3EncryptionEnabled`, `cloudWatchEncryptionEnabled`. */
  readonly insists: Read<boolean>;
  /** Where that stands. */
  readonly insistsPath: string;
}

/** A document of type `Session`, or one that may be. */
export type SessionDocument =
  | {
      readonly kind: "read";
      readonly sessionType: Read<string>;
      readonly destinations: readonly LogDestination[];
      /** The folder of the logs in the bucket: `s3KeyPrefix`. */
      readonly keyPrefix: Read<string>;
      /** The key that encrypts sessions from end to end: `kmsKeyId`. */
      readonly sessionKey: Read<string>;
    }
  | { readonly kind: "unreadable"; readonly cause: Unreadable };

export const DOCUMENT_TYPE = "aws:ssm/document:Document";

/**
 * Reads the logging of a session document; undefined for documents of other types.
 *
 * Source: Systems Manager User Guide, "Session document schema". Sessions of type `Port` are never logged.
 */
export function readSessionDocument(record: ResourceRecord): SessionDocument | undefined {
  if (record.type !== DOCUMENT_TYPE) {
    return undefined;
  }
  const props = properties(record);
  const documentType = readText(at(props, "documentType"));
  if (
    documentType.kind === "absent" ||
    (documentType.kind === "known" && OTHER_TYPES.has(documentType.value))
  ) {
    return undefined; // AWS takes a document without a type for one of commands.
  }
  if (documentType.kind === "known" && documentType.value !== "Session") {
    const found = excerpt(documentType.value);
    return {
      kind: "unreadable",
      cause: { kind: "malformed", path: "documentType", expected: "`Session`", found },
    };
  }
  if (isUnreadable(documentType)) {
    return { kind: "unreadable", cause: documentType };
  }
  const content = readContent(props);
  if (content.kind === "absent") {
    return withoutInputs({ kind: "absent", path: "content" });
  }
  if (content.kind !== "known") {
    return { kind: "unreadable", cause: content };
  }
  const document = root(content.value);
  const sessionType = readText(at(document, "sessionType"));
  if (sessionType.kind === "known" && sessionType.value === "Port") {
    return withoutInputs(sessionType);
  }
  const inputs = at(document, "inputs");
  return {
    kind: "read",
    sessionType,
    keyPrefix: optionalText(inputs, "s3KeyPrefix"),
    sessionKey: optionalText(inputs, "kmsKeyId"),
    destinations: [
      ...destination("bucket", inputs, "s3BucketName", "s3EncryptionEnabled"),
      ...destination("log-group", inputs, "cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"),
    ],
  };
}

/**
 * Types that are no sessions', as AWS writes them. It refuses `session` and whatever else is not among them; what a provider,
 * or a later version of AWS, makes of another word is not known.
 *
 * Source: Systems Manager API Reference, CreateDocument, `DocumentType`.
 */
const OTHER_TYPES: ReadonlySet<string> = new Set([
  "ApplicationConfiguration",
  "ApplicationConfigurationSchema",
  "AutoApprovalPolicy",
  "Automation",
  "Automation.ChangeTemplate",
  "ChangeCalendar",
  "CloudFormation",
  "Command",
  "ConformancePackTemplate",
  "DeploymentStrategy",
  "ManualApprovalPolicy",
  "Package",
  "Policy",
  "ProblemAnalysis",
  "ProblemAnalysisTemplate",
  "QuickSetup",
]);

function withoutInputs(sessionType: Read<string>): SessionDocument {
  const none = (key: string): Read<string> => ({ kind: "absent", path: `inputs.${key}` });
  return {
    kind: "read",
    sessionType,
    destinations: [],
    keyPrefix: none("s3KeyPrefix"),
    sessionKey: none("kmsKeyId"),
  };
}

/** A text of which an empty one says nothing. */
function optionalText(inputs: Place, key: string): Read<string> {
  const place = at(inputs, key);
  const read = readText(place);
  return read.kind === "known" && read.value === ""
    ? { kind: "absent", path: place.path }
    : withoutParameter(read, place.path);
}

export function readContent(props: Place): Read<Data> {
  const format = readText(at(props, "documentFormat"));
  const yaml = format.kind === "known" && format.value.toUpperCase() === "YAML";
  const json = format.kind === "absent" || (format.kind === "known" && format.value.toUpperCase() === "JSON");
  return readDocument(at(props, "content"), yaml ? "yaml" : json ? "json" : "either");
}

function destination(
  kind: LogDestination["kind"],
  inputs: Place,
  nameKey: string,
  insistsKey: string,
): readonly LogDestination[] {
  const namePlace = at(inputs, nameKey);
  const name = readText(namePlace);
  if (name.kind === "absent" || (name.kind === "known" && name.value === "")) {
    return [];
  }
  const insists = at(inputs, insistsKey);
  return [
    {
      kind,
      path: namePlace.path,
      name: withoutParameter(name, namePlace.path),
      insists: readFlag(insists),
      insistsPath: insists.path,
    },
  ];
}

/** A name that the session's parameters make up: `{{ bucket }}`, `{{ssm:name}}`. */
function withoutParameter(name: Read<string>, path: string): Read<string> {
  return name.kind === "known" && name.value.includes("{{")
    ? { kind: "malformed", path, expected: "a text without parameters", found: name.value }
    : name;
}

/** The schema wants a boolean: the words "true" and "false" are not one here. */
function readFlag(place: Place): Read<boolean> {
  return typeof place.data === "string"
    ? { kind: "malformed", path: place.path, expected: "true or false", found: JSON.stringify(place.data) }
    : readBoolean(place);
}
