/**
 * Stands in for `@aws-sdk/client-ssm` in functions that the simulation runs: the calls about documents, answered from
 * the account's state. SIMULATED_AWS_STATE is its file, AWS_REGION the Region, as in Lambda.
 */
import { Documents } from "./documents.ts";
import { StateFile } from "./state-file.ts";

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

type Answer = Readonly<Record<string, unknown>>;

/** A command of the SDK's: what it asks of the account. */
interface Command {
  run(documents: Documents): Answer;
}

/** A parameter that a call must have. */
function required(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value !== "string" || value === "") {
    throw new TypeError(`\`${name}\` is \`${String(value)}\`, expected text; the call needs it`);
  }
  return value;
}

abstract class Call implements Command {
  protected readonly input: Readonly<Record<string, unknown>>;

  constructor(input: Readonly<Record<string, unknown>>) {
    this.input = input;
  }

  abstract run(documents: Documents): Answer;
}

export class GetDocumentCommand extends Call {
  run(documents: Documents): Answer {
    const version = this.input["DocumentVersion"];
    const Name = required(this.input, "Name");
    return { Name, Content: documents.content(Name, typeof version === "string" ? version : "$DEFAULT") };
  }
}

export class ListTagsForResourceCommand extends Call {
  run(documents: Documents): Answer {
    if (required(this.input, "ResourceType") !== "Document") {
      throw new TypeError("only documents are simulated");
    }
    const { tags } = documents.get(required(this.input, "ResourceId"));
    return { TagList: Object.entries(tags).map(([Key, Value]): Tag => ({ Key, Value })) };
  }
}

function isTag(value: unknown): value is Tag {
  return typeof value === "object" && value !== null && "Key" in value && "Value" in value;
}

export class CreateDocumentCommand extends Call {
  run(documents: Documents): Answer {
    const given = this.input["Tags"];
    const tags = Array.isArray(given) ? given.filter((tag: unknown) => isTag(tag)) : [];
    documents.create(required(this.input, "Name"), {
      documentType: required(this.input, "DocumentType"),
      content: required(this.input, "Content"),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    });
    return {};
  }
}

export class UpdateDocumentCommand extends Call {
  run(documents: Documents): Answer {
    documents.addVersion(required(this.input, "Name"), required(this.input, "Content"));
    return {};
  }
}

export class DeleteDocumentCommand extends Call {
  run(documents: Documents): Answer {
    documents.delete(required(this.input, "Name"));
    return {};
  }
}

export class SSMClient {
  send(command: Command): Promise<Answer> {
    const file = process.env["SIMULATED_AWS_STATE"];
    const region = process.env["AWS_REGION"];
    if (file === undefined || region === undefined) {
      throw new Error("SIMULATED_AWS_STATE and AWS_REGION say whose documents these are: set them");
    }
    const documents = new Documents(new StateFile(file), region);
    return Promise.resolve().then(() => command.run(documents));
  }
}
