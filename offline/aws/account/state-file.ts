import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What an account holds in one Region, as far as the simulation keeps it. */
export interface RegionState {
  /** Systems Manager's documents, by name. */
  readonly documents: Readonly<Record<string, StoredDocument>>;
  /** The code of Lambda's functions, by name. */
  readonly functions: Readonly<Record<string, StoredFunction>>;
}

export interface StoredDocument {
  readonly documentType: string;
  /** The contents of its versions, counted from 1. */
  readonly versions: readonly string[];
  readonly defaultVersion: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StoredFunction {
  /** As `index.handler`. */
  readonly handler: string;
  /** Files by their paths. */
  readonly files: Readonly<Record<string, string>>;
}

type Regions = Readonly<Record<string, Partial<RegionState>>>;

/**
 * The state of an account in a file, by Region, so that it outlives the process of a provider: what is there before a
 * program runs, and what is left after it. A file that is missing is an empty account.
 */
export class StateFile {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  read(region: string): RegionState {
    return { documents: {}, functions: {}, ...this.#regions()[region] };
  }

  /** Puts parts of a Region's state in the place of what they were. */
  change(region: string, parts: Partial<RegionState>): void {
    const regions = this.#regions();
    const changed: Regions = { ...regions, [region]: { ...this.read(region), ...parts } };
    writeFileSync(this.file, `${JSON.stringify(changed, undefined, 1)}\n`);
  }

  #regions(): Regions {
    if (!existsSync(this.file)) {
      return {};
    }
    const regions: Regions = JSON.parse(readFileSync(this.file, "utf8"));
    return regions;
  }
}
