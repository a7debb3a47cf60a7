/**
 * The code of the function that keeps what was there: an ES module for Lambda's Node.js, whose runtime brings the SDK.
 *
 * It stands here as text, and not as functions to be printed, so that bundlers and minifiers leave it alone. It does
 * three things, and none that loses a document:
 *
 * - `{ "read": true }` returns what is there, or null: the version that sessions use by default and, where it differs, the
 *   latest one, and the tags.
 * - `{ "previous": P, "tf": { "action": "create" } }` deletes the document, and only where it is still what `P` says: what
 *   nobody has saved is never deleted.
 * - `{ "previous": P, "tf": { "action": "delete" } }` puts `P` back, and only where there is no document: what somebody made
 *   since is theirs.
 *
 * A new role's permissions reach every part of AWS within seconds only, so that it tries again for a minute.
 */
export const KEEPER_SOURCE = String.raw`import {
  CreateDocumentCommand,
  DeleteDocumentCommand,
  GetDocumentCommand,
  ListTagsForResourceCommand,
  SSMClient,
  UpdateDocumentCommand,
} from "@aws-sdk/client-ssm";

const Name = "SSM-SessionManagerRunShell";
const client = new SSMClient({});

async function send(command) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.send(command);
    } catch (error) {
      if (error.name !== "AccessDeniedException" || attempt === 20) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
}

async function contentOf(DocumentVersion) {
  try {
    return (await send(new GetDocumentCommand({ Name, DocumentVersion, DocumentFormat: "JSON" }))).Content;
  } catch (error) {
    if (error.name === "InvalidDocument") {
      return undefined;
    }
    throw error;
  }
}

async function present() {
  const used = await contentOf("$DEFAULT");
  if (used === undefined) {
    return null;
  }
  const latest = await contentOf("$LATEST");
  const { TagList = [] } = await send(
    new ListTagsForResourceCommand({ ResourceType: "Document", ResourceId: Name }),
  );
  return {
    contents: latest === used ? [used] : [used, latest],
    tags: TagList.filter(({ Key }) => !Key.startsWith("aws:")).sort((a, b) => (a.Key < b.Key ? -1 : 1)),
  };
}

async function makeWay(previous) {
  const now = await present();
  if (now === null) {
    return;
  }
  if (JSON.stringify(now) !== JSON.stringify(previous)) {
    throw new Error(
      Name + " was changed after it was read, and is left alone: run 'pulumi destroy' and 'pulumi up' again",
    );
  }
  await send(new DeleteDocumentCommand({ Name }));
}

async function putBack(previous) {
  if (previous === null || (await present()) !== null) {
    return;
  }
  const [used, latest] = previous.contents;
  await send(
    new CreateDocumentCommand({
      Name,
      Content: used,
      DocumentFormat: "JSON",
      DocumentType: "Session",
      Tags: previous.tags,
    }),
  );
  if (latest !== undefined) {
    await send(
      new UpdateDocumentCommand({ Name, Content: latest, DocumentFormat: "JSON", DocumentVersion: "$LATEST" }),
    );
  }
}

export async function handler(event) {
  if (event.read === true) {
    return present();
  }
  switch (event.tf?.action) {
    case "create":
      await makeWay(event.previous);
      return null;
    case "delete":
      await putBack(event.previous);
      return null;
    default:
      return null;
  }
}
`;
