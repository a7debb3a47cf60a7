import { RefusedByAws } from "../../protocol/refused.ts";
import type { StateFile, StoredDocument } from "./state-file.ts";

/**
 * Systems Manager's documents in one Region of an account, with what AWS refuses for the state it is in.
 *
 * Source: Systems Manager API Reference, CreateDocument, UpdateDocument, GetDocument, DeleteDocument.
 */
export class Documents {
  readonly #state: StateFile;
  readonly #region: string;

  constructor(state: StateFile, region: string) {
    this.#state = state;
    this.#region = region;
  }

  create(
    name: string,
    { documentType, content, tags }: { documentType: string; content: string; tags: Record<string, string> },
  ): void {
    if (Object.hasOwn(this.#all(), name)) {
      throw new RefusedByAws("DocumentAlreadyExists", `Document with name ${name} already exists.`);
    }
    this.#put(name, { documentType, versions: [content], defaultVersion: 1, tags });
  }

  /** A new version, which is the latest and not the default one. Content that is there already is refused. */
  addVersion(name: string, content: string): number {
    const document = this.get(name);
    if (document.versions.includes(content)) {
      throw new RefusedByAws("DuplicateDocumentContent", `${name} has a version with this content already.`);
    }
    this.#put(name, { ...document, versions: [...document.versions, content] });
    return document.versions.length + 1;
  }

  /** Makes a version the default one. */
  use(name: string, version: number): void {
    this.#put(name, { ...this.get(name), defaultVersion: version });
  }

  get(name: string): StoredDocument {
    const document = this.#all()[name];
    if (document === undefined) {
      throw new RefusedByAws("InvalidDocument", `Document with name ${name} does not exist.`);
    }
    return document;
  }

  content(name: string, version: string): string {
    const { versions, defaultVersion } = this.get(name);
    const number =
      version === "$DEFAULT" ? defaultVersion : version === "$LATEST" ? versions.length : Number(version);
    const content = versions[number - 1];
    if (content === undefined) {
      throw new RefusedByAws("InvalidDocumentVersion", `Document ${name} has no version ${version}.`);
    }
    return content;
  }

  delete(name: string): void {
    this.get(name);
    const rest = Object.entries(this.#all()).filter(([other]) => other !== name);
    this.#state.change(this.#region, { documents: Object.fromEntries(rest) });
  }

  #all(): Readonly<Record<string, StoredDocument>> {
    return this.#state.read(this.#region).documents;
  }

  #put(name: string, document: StoredDocument): void {
    this.#state.change(this.#region, { documents: { ...this.#all(), [name]: document } });
  }
}
