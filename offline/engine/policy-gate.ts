import type { WireMap } from "../protocol/wire.ts";
import type { ResourceState } from "./state.ts";

/** The policy packs, as the deployment needs them. */
export interface PolicyGate {
  /**
   * Remediates, then analyses the inputs of a resource that is about to be created.
   *
   * @returns the inputs after remediation
   */
  checkResource(state: ResourceState, provider: ResourceState | undefined): Promise<WireMap>;
}
