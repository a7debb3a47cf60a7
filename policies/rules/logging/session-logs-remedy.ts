import { DOCUMENT_TYPE } from "../../estate/session-document.ts";
import { properties, type ResourceRecord } from "../../estate/resource-record.ts";
import { isDataMap } from "../../reader/data.ts";
import { at } from "../../reader/place.ts";
import { readText } from "../../reader/read.ts";
import { readDocument } from "../../reader/structured-text.ts";
import type { InputChange } from "../rule.ts";

/** Where a document names a destination, and where it insists on encryption there. */
const SWITCHES = [
  ["s3BucketName", "s3EncryptionEnabled"],
  ["cloudWatchLogGroupName", "cloudWatchEncryptionEnabled"],
] as const;

/**
 * Lets a session document insist on encryption wherever it logs. Then a session to a destination that is not encrypted
 * does not start, instead of being logged in plain.
 *
 * Only content in JSON that can be read as a whole: YAML would lose its comments, and what is malformed is not
 * understood.
 */
export function insistOnEncryption(record: ResourceRecord): readonly InputChange[] {
  const props = properties(record);
  const documentType = readText(at(props, "documentType"));
  const content = readText(at(props, "content"));
  if (
    record.type !== DOCUMENT_TYPE ||
    documentType.kind !== "known" ||
    documentType.value !== "Session" ||
    content.kind !== "known"
  ) {
    return [];
  }
  const document = readDocument(at(props, "content"), "json");
  if (document.kind !== "known" || !isDataMap(document.value)) {
    return [];
  }
  const { inputs } = document.value;
  if (!isDataMap(inputs) || document.value["sessionType"] === "Port") {
    return [];
  }
  const missing = SWITCHES.filter(
    ([name, insists]) => isText(inputs[name]) && inputs[name] !== "" && inputs[insists] !== true,
  );
  if (missing.length === 0) {
    return [];
  }
  const mended = {
    ...document.value,
    inputs: { ...inputs, ...Object.fromEntries(missing.map(([, insists]) => [insists, true])) },
  };
  return [{ path: ["content"], value: JSON.stringify(mended, undefined, indentation(content.value)) }];
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** As many spaces as the document's first line of content is indented by; none where it is all on one line. */
function indentation(text: string): number {
  return /\n( +)\S/.exec(text)?.[1]?.length ?? 0;
}
