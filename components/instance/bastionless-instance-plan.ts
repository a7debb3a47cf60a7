import type { Input } from "@pulumi/pulumi";
import { arnOf, wholeNumber } from "../core/checks.ts";
import { type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { physicalName } from "../core/names.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { Tags } from "../core/tags.ts";
import { securityGroupId, subnetId, vpcId } from "../core/ec2-ids.ts";
import type { BastionlessInstanceArgs } from "./bastionless-instance-args.ts";
import { type DocumentsPlan, planDocuments } from "./documents-plan.ts";
import { type EgressRulePlan, planEgress } from "./egress-plan.ts";
import type { Architecture } from "./instance-type.ts";
import { type ImagePlan, planMachine } from "./machine-plan.ts";

export type PlacementPlan =
  | { readonly kind: "network"; readonly subnetIndex: number }
  | { readonly kind: "subnet"; readonly vpcId: Input<string>; readonly subnetId: Input<string> };

export interface BastionlessInstancePlan {
  /** What the instance, its role, its profile and its group are called. */
  readonly physicalName: string;
  /** Logical name of the instance: see {@link planBastionlessInstance}. */
  readonly instanceLogicalName: string;
  readonly tags: Tags;
  readonly accessTags: Readonly<Record<string, string>>;
  readonly placement: PlacementPlan;
  readonly egress: readonly EgressRulePlan[];
  readonly image: ImagePlan;
  readonly architecture: Architecture;
  readonly instanceType: string;
  readonly sshUser: string;
  readonly rootVolumeGib: number;
  readonly rootVolumeKmsKeyArn: Input<string> | undefined;
  readonly metadataHopLimit: number;
  readonly userData: Input<string> | undefined;
  readonly policyArns: readonly Input<string>[];
  readonly permissionsBoundaryArn: Input<string> | undefined;
  readonly securityGroupIds: readonly Input<string>[];
  readonly documents: DocumentsPlan;
}

const iamPolicyArn = arnOf("iam", "arn:aws:iam::111122223333:policy/name");
const keyArn = arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

/** EC2's limit, before base64. */
const USER_DATA_BYTES = 16_384;
const userData: Check<string> = (value) =>
  Buffer.byteLength(value) <= USER_DATA_BYTES
    ? undefined
    : {
        expected: `at most ${USER_DATA_BYTES} bytes`,
        remedy: "keep the script in a bucket or an image, and let user data fetch it",
      };

/**
 * Decides everything about an instance that can be decided before anything is asked of AWS.
 *
 * The logical name of the EC2 instance ends in its image: the newest image is looked up, its changes are ignored, and
 * Pulumi would ignore a change of the operating system along with them. Another name is another instance.
 *
 * @throws pulumi.InputPropertiesError with every bad argument at once.
 */
export function planBastionlessInstance(
  name: string,
  args: BastionlessInstanceArgs,
  deployment: Deployment,
): BastionlessInstancePlan {
  const problems = problemsOf("BastionlessInstance", name);
  const common = planCommon(problems, { ...args, tags: { ...args.tags, ...args.accessTags } }, deployment);
  const machine = planMachine(problems, args);
  problems.check("metadataHopLimit", args.metadataHopLimit, wholeNumber(1, 64, "hops"));
  const plan: BastionlessInstancePlan = {
    // A role's name is the shortest of all that carry it.
    physicalName: physicalName(problems, "iamRole", common.namePrefix, name, "name"),
    instanceLogicalName: `${name}-${machine.image.kind === "ami" ? "ami" : `${machine.os}-${machine.architecture}`}`,
    tags: common.tags,
    accessTags: planAccessTags(problems, args, common.tags),
    placement: planPlacement(problems, args),
    egress: planEgress(problems, args),
    ...machine,
    rootVolumeKmsKeyArn: optional(args.rootVolumeKmsKeyArn, (arn) =>
      problems.input("rootVolumeKmsKeyArn", arn, keyArn),
    ),
    metadataHopLimit: args.metadataHopLimit ?? 1,
    userData: optional(args.userData, (data) => problems.input("userData", data, userData)),
    policyArns: planList(problems, "policyArns", args.policyArns, 9, iamPolicyArn),
    permissionsBoundaryArn: optional(args.permissionsBoundaryArn, (arn) =>
      problems.input("permissionsBoundaryArn", arn, iamPolicyArn),
    ),
    // Five groups fit on a network interface; the network's and the instance's own are two.
    securityGroupIds: planList(problems, "securityGroupIds", args.securityGroupIds, 3, securityGroupId),
    documents: planDocuments(problems, args.documents ?? {}),
  };
  problems.throwIfAny();
  return plan;
}

function planPlacement(problems: Problems, args: BastionlessInstanceArgs): PlacementPlan {
  if (args.network !== undefined) {
    for (const path of ["vpcId", "subnetId"] as const) {
      if (args[path] !== undefined) {
        problems.add(path, args[path], {
          expected: "not both this and `network`",
          remedy: "leave one of the two out",
        });
      }
    }
    problems.check(
      "zone",
      args.zone,
      wholeNumber(1, args.network.zones, "the network's zones, counted from 1"),
    );
    return { kind: "network", subnetIndex: (args.zone ?? 1) - 1 };
  }
  if (args.zone !== undefined) {
    problems.add("zone", args.zone, {
      expected: "no such argument without `network`",
      remedy: "leave it out: `subnetId` says which zone",
    });
  }
  if (args.vpcId === undefined || args.subnetId === undefined) {
    const missing = args.vpcId === undefined ? "vpcId" : "subnetId";
    problems.add(args.vpcId === args.subnetId ? "network" : missing, undefined, {
      expected: "a `network`, or both `vpcId` and `subnetId`",
      remedy: "pass the environment's PrivateNetwork, or say which subnet of which VPC",
    });
    return { kind: "network", subnetIndex: 0 };
  }
  return {
    kind: "subnet",
    vpcId: problems.input("vpcId", args.vpcId, vpcId),
    subnetId: problems.input("subnetId", args.subnetId, subnetId),
  };
}

/** The tags are plain, so that the policies which name them are known in a first preview. */
function planAccessTags(
  problems: Problems,
  args: BastionlessInstanceArgs,
  all: Tags,
): Readonly<Record<string, string>> {
  const { accessTags } = args;
  if (accessTags === undefined) {
    const { Project, Environment } = all;
    if (typeof Project === "string" && typeof Environment === "string") {
      return { Project, Environment };
    }
    problems.add("accessTags", undefined, {
      expected: "tags to condition access on, where `tags` sets `Project` or `Environment` to an output",
      remedy: "give plain ones",
    });
    return {};
  }
  const keys = Object.keys(accessTags);
  if (keys.length === 0) {
    problems.add("accessTags", accessTags, {
      expected: "at least one tag",
      remedy: "name one, or leave the argument out to use `Project` and `Environment`",
    });
  }
  for (const key of keys) {
    if (args.tags !== undefined && Object.hasOwn(args.tags, key)) {
      problems.add(`accessTags[${JSON.stringify(key)}]`, key, {
        expected: "a tag that `tags` does not set as well",
        remedy: "leave it out of `tags`",
      });
    }
  }
  return accessTags;
}

function planList(
  problems: Problems,
  path: string,
  list: readonly Input<string>[] = [],
  maximum: number,
  check: Check<string>,
): readonly Input<string>[] {
  if (list.length > maximum) {
    problems.add(path, `${list.length} given`, { expected: `at most ${maximum}`, remedy: "leave some out" });
  }
  return list.map((item, index) => problems.input(`${path}[${index}]`, item, check));
}

function optional<T, U>(value: T | undefined, change: (value: T) => U): U | undefined {
  return value === undefined ? undefined : change(value);
}
