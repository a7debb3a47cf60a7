import type { PackRequest } from "../request.ts";
import { SharedPacks } from "./shared-packs.ts";
import { SharedPrograms } from "./shared-programs.ts";

/**
 * Processes that several environments take turns in, because most of what a small program or a pack costs is the start of
 * its process. What an environment is told does not depend on it: who cannot share, or fails, has processes of its own.
 */
export class SharedProcesses {
  /** Absent where programs do not share: no two of one folder run in one process. */
  readonly programs: SharedPrograms | undefined;
  readonly #atOnce: number;
  readonly #packs = new Map<string, SharedPacks>();

  /**
   * @param atOnce how many programs run at a time, and how many processes a pack has
   * @param folders those of the programs to come, each as often as it comes
   */
  constructor(atOnce: number, folders: readonly string[]) {
    this.#atOnce = atOnce;
    this.programs = new Set(folders).size > 1 ? new SharedPrograms(atOnce, folders.length) : undefined;
  }

  /** The processes of a pack, in its configuration. */
  packs({ dir, config }: PackRequest): SharedPacks {
    const key = JSON.stringify([dir, config]);
    let packs = this.#packs.get(key);
    if (packs === undefined) {
      packs = new SharedPacks(this.#atOnce);
      this.#packs.set(key, packs);
    }
    return packs;
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    await Promise.all([this.programs?.close(), ...[...this.#packs.values()].map((packs) => packs.close())]);
  }
}
