import type { Resource } from "@pulumi/pulumi";
import type { AwsIdentity } from "../core/identity.ts";
import type { PrivateNetworkTransform } from "./private-network-args.ts";
import type { PrivateNetworkPlan } from "./private-network-plan.ts";

/** What every part of a network is built from. */
export interface NetworkContext {
  readonly parent: Resource;
  /** Logical name of the component, which its children's names start with. */
  readonly name: string;
  readonly plan: PrivateNetworkPlan;
  readonly identity: AwsIdentity;
  readonly transform: PrivateNetworkTransform;
}
