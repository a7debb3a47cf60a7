import { RefusedByAws } from "../../protocol/refused.ts";
import { isWireMap } from "../../protocol/wire.ts";
import type { Wire, WireMap } from "../../protocol/wire.ts";
import { asText, bare, parseJson } from "../values.ts";
import { Documents } from "./documents.ts";
import { Functions } from "./functions.ts";
import { StateFile } from "./state-file.ts";

const DOCUMENT = "aws:ssm/document:Document";
const FUNCTION = "aws:lambda/function:Function";
const INVOCATION = "aws:lambda/invocation:Invocation";

type Action = "create" | "delete" | "update";

function plain(inputs: WireMap): WireMap {
  const { value } = bare(inputs);
  return isWireMap(value) ? value : {};
}

function tagsOf(inputs: WireMap): Record<string, string> {
  const tags = inputs["tags"];
  return Object.fromEntries(
    Object.entries(isWireMap(tags) ? tags : {}).map(([key, value]) => [key, asText(value)]),
  );
}

/**
 * What happens in an account when resources are made, changed and deleted, for the few types where it matters what was
 * there before: documents, and functions that work on them. Everything else leaves it alone.
 */
export class Account {
  readonly #state: StateFile;

  /** @param file Holds the account's state; it need not be there. */
  constructor(file: string) {
    this.#state = new StateFile(file);
  }

  /** Outputs that differ from those of an account without a state. */
  create(type: string, region: string, given: WireMap): WireMap {
    const inputs = plain(given);
    const name = asText(inputs["name"]);
    if (type === DOCUMENT) {
      new Documents(this.#state, region).create(name, {
        documentType: asText(inputs["documentType"]),
        content: asText(inputs["content"]),
        tags: tagsOf(inputs),
      });
    } else if (type === FUNCTION) {
      const functions = new Functions(this.#state, region);
      if (functions.has(name)) {
        throw new RefusedByAws("ResourceConflictException", `Function already exist: ${name}`);
      }
      functions.put(name, asText(inputs["handler"]), inputs["code"]);
    } else if (type === INVOCATION) {
      return { result: this.#invoke(region, inputs, "create", null) };
    }
    return {};
  }

  /** As {@link create}, for a change in place. */
  update(type: string, region: string, before: WireMap, given: WireMap): WireMap {
    const inputs = plain(given);
    const name = asText(inputs["name"]);
    if (type === DOCUMENT) {
      const documents = new Documents(this.#state, region);
      const content = asText(inputs["content"]);
      if (content !== documents.content(name, "$DEFAULT")) {
        documents.use(name, documents.addVersion(name, content));
      }
    } else if (type === FUNCTION) {
      new Functions(this.#state, region).put(name, asText(inputs["handler"]), inputs["code"]);
    } else if (type === INVOCATION) {
      return { result: this.#invoke(region, inputs, "update", plain(before)["input"] ?? null) };
    }
    return {};
  }

  delete(type: string, region: string, state: WireMap): void {
    const inputs = plain(state);
    const name = asText(inputs["name"]);
    if (type === DOCUMENT) {
      new Documents(this.#state, region).delete(name);
    } else if (type === FUNCTION) {
      new Functions(this.#state, region).delete(name);
    } else if (type === INVOCATION && inputs["lifecycleScope"] === "CRUD") {
      this.#invoke(region, inputs, "delete", inputs["input"] ?? null);
    }
  }

  /** Source: Terraform's provider, aws_lambda_invocation: with CRUD the event says what happens, and what the input was. */
  #invoke(region: string, inputs: WireMap, action: Action, before: Wire): string {
    const input = asText(inputs["input"]);
    const event = parseJson(input);
    const managed = inputs["lifecycleScope"] === "CRUD" && isWireMap(event);
    const key = asText(inputs["terraformKey"] ?? "tf");
    const previous = typeof before === "string" ? (parseJson(before) ?? null) : null;
    const whole = managed ? JSON.stringify({ ...event, [key]: { action, prev_input: previous } }) : input;
    return new Functions(this.#state, region).invoke(asText(inputs["functionName"]), whole);
  }
}
