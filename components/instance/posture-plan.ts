import type { Input } from "@pulumi/pulumi";
import { arnOf, wholeNumber } from "../core/checks.ts";
import { type Deployment, planCommon } from "../core/common.ts";
import { securityGroupId } from "../core/ec2-ids.ts";
import { physicalName } from "../core/names.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { Tags } from "../core/tags.ts";
import { type DocumentsPlan, planDocuments } from "./documents-plan.ts";
import { type EgressRulePlan, planEgress } from "./egress-plan.ts";
import type { MachineArgs } from "./machine-args.ts";
import { type GivenTypes, type MachinePlan, planMachine } from "./machine-plan.ts";

/** What is decided of every machine, alone or in a fleet: its image, and how little it may and shows. */
export interface PosturePlan extends MachinePlan {
  /** What the machine, its role, its profile and its group are called. */
  readonly physicalName: string;
  readonly tags: Tags;
  readonly accessTags: Readonly<Record<string, string>>;
  readonly egress: readonly EgressRulePlan[];
  readonly rootVolumeKmsKeyArn: Input<string> | undefined;
  readonly metadataHopLimit: number;
  readonly policyArns: readonly Input<string>[];
  readonly permissionsBoundaryArn: Input<string> | undefined;
  readonly securityGroupIds: readonly Input<string>[];
  readonly documents: DocumentsPlan;
}

const iamPolicyArn = arnOf("iam", "arn:aws:iam::111122223333:policy/name");
const keyArn = arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

/**
 * Decides everything that does not depend on where machines stand and how many there are.
 *
 * @param joinsNetwork whether a network of this project's form is joined, whose way to Systems Manager then counts
 */
export function planPosture(
  problems: Problems,
  name: string,
  args: MachineArgs,
  given: { readonly types: GivenTypes; readonly joinsNetwork: boolean },
  deployment: Deployment,
): PosturePlan {
  const common = planCommon(problems, args, deployment, args.accessTags);
  const machine = planMachine(problems, args, given.types);
  problems.check("metadataHopLimit", args.metadataHopLimit, wholeNumber(1, 64, "hops"));
  return {
    ...machine,
    // A role's name is the shortest of all that carry it.
    physicalName: physicalName(problems, "iamRole", common.namePrefix, name, "name"),
    tags: common.tags,
    accessTags: planAccessTags(problems, args, common.tags),
    egress: planEgress(problems, args.egress, given.joinsNetwork),
    rootVolumeKmsKeyArn: optional(args.rootVolumeKmsKeyArn, (arn) =>
      problems.input("rootVolumeKmsKeyArn", arn, keyArn),
    ),
    metadataHopLimit: args.metadataHopLimit ?? 1,
    policyArns: planList(problems, "policyArns", args.policyArns, 9, iamPolicyArn),
    permissionsBoundaryArn: optional(args.permissionsBoundaryArn, (arn) =>
      problems.input("permissionsBoundaryArn", arn, iamPolicyArn),
    ),
    // Five groups fit on a network interface; the network's and the instance's own are two.
    securityGroupIds: planList(problems, "securityGroupIds", args.securityGroupIds, 3, securityGroupId),
    documents: planDocuments(problems, args.documents ?? {}),
  };
}

/**
 * What ends the logical name of what boots the image. The newest image is looked up, its changes are ignored, and Pulumi
 * would ignore a change of the operating system along with them. Another name is another resource.
 */
export function imageSuffix({ image, os, architecture }: MachinePlan): string {
  return image.kind === "ami" ? "ami" : `${os}-${architecture}`;
}

/** The tags are plain, so that the policies which name them are known in a first preview. */
export function planAccessTags(
  problems: Problems,
  args: Pick<MachineArgs, "accessTags" | "tags">,
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
