import { canMatchWithin, covers, type Exemption, isExpired } from "./exemption.ts";

/** The exemptions that count in one operation on one stack, and which of them were needed. */
export class ExemptionRegister {
  readonly #counting: readonly Exemption[];
  readonly #expired: readonly Exemption[];
  readonly #used = new Set<Exemption>();

  /** @param today `2026-11-21`, in UTC. */
  constructor(exemptions: readonly Exemption[], today: string) {
    this.#counting = exemptions.filter((exemption) => !isExpired(exemption, today));
    this.#expired = exemptions.filter((exemption) => isExpired(exemption, today));
  }

  /** The exemption that a finding falls under; all that cover it count as used. */
  use(rule: string, urn: string): Exemption | undefined {
    const covering = this.#counting.filter((exemption) => covers(exemption, rule, urn));
    for (const exemption of covering) {
      this.#used.add(exemption);
    }
    return covering[0];
  }

  /** Whether a finding would fall under an exemption. Uses none. */
  has(rule: string, urn: string): boolean {
    return this.#counting.some((exemption) => covers(exemption, rule, urn));
  }

  /** Those that no finding needed, of those that can be about the stack whose URNs begin like that. */
  unused(urnPrefix: string): readonly Exemption[] {
    return this.#counting.filter(
      (exemption) => !this.#used.has(exemption) && canMatchWithin(exemption.urn, urnPrefix),
    );
  }

  expired(urnPrefix: string): readonly Exemption[] {
    return this.#expired.filter((exemption) => canMatchWithin(exemption.urn, urnPrefix));
  }
}
