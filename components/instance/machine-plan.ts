import type { Input } from "@pulumi/pulumi";
import { oneOf, wholeNumber } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import { amiId } from "../core/ec2-ids.ts";
import type { BastionlessInstanceArgs } from "./bastionless-instance-args.ts";
import { type Architecture, parseInstanceType } from "./instance-type.ts";
import { OPERATING_SYSTEMS, type OperatingSystem } from "./machine-image.ts";

export type ImagePlan =
  | { readonly kind: "latest"; readonly parameter: string; readonly follow: boolean }
  | { readonly kind: "ami"; readonly amiId: Input<string> };

const ARCHITECTURES: readonly Architecture[] = ["arm64", "x86_64"];

export interface MachinePlan {
  readonly os: OperatingSystem;
  readonly image: ImagePlan;
  readonly architecture: Architecture;
  readonly instanceType: string;
  readonly sshUser: string;
  readonly rootVolumeGib: number;
}

/** Decides image, architecture, type and root volume, which must fit each other. */
export function planMachine(problems: Problems, args: BastionlessInstanceArgs): MachinePlan {
  const requested = args.os ?? "amazon-linux-2023";
  problems.check("os", requested, oneOf(Object.keys(OPERATING_SYSTEMS)));
  problems.check("architecture", args.architecture, oneOf(ARCHITECTURES));
  // What is none is reported above, and decides nothing more.
  const wanted =
    args.architecture !== undefined && ARCHITECTURES.includes(args.architecture)
      ? args.architecture
      : undefined;
  const os = Object.hasOwn(OPERATING_SYSTEMS, requested) ? requested : "amazon-linux-2023";
  const facts = OPERATING_SYSTEMS[os];
  const type = args.instanceType === undefined ? undefined : parseInstanceType(args.instanceType);
  if (args.instanceType !== undefined && type === undefined) {
    problems.add("instanceType", args.instanceType, {
      expected: "an EC2 instance type other than Mac, as `t4g.small`",
      remedy: "choose one of https://aws.amazon.com/ec2/instance-types/",
    });
  }
  const architecture =
    wanted ?? type?.architecture ?? (facts.architectures.includes("arm64") ? "arm64" : "x86_64");
  if (type !== undefined && wanted !== undefined && type.architecture !== wanted) {
    problems.add("instanceType", args.instanceType, {
      expected: `an instance type of \`${wanted}\`, and this one is \`${type.architecture}\``,
      remedy: `choose another type, or leave \`architecture\` out`,
    });
  } else if (!facts.architectures.includes(architecture)) {
    const path = wanted === undefined ? "instanceType" : "architecture";
    problems.add(path, args[path], {
      expected: `${facts.architectures.map((one) => `\`${one}\``).join(" or ")}, which \`${os}\` is made for`,
      remedy: "choose another one, or another `os`",
    });
  }
  if (args.amiId !== undefined && args.instanceType === undefined && args.architecture === undefined) {
    problems.add("instanceType", undefined, {
      expected: "an instance type, or an `architecture`, that fits the image `amiId`",
      remedy: "say which: what an image of one's own is made for is not looked up",
    });
  }
  if (args.amiId !== undefined && args.followLatestImage !== undefined) {
    problems.add("followLatestImage", args.followLatestImage, {
      expected: "not both this and `amiId`",
      remedy: "leave one of the two out",
    });
  }
  problems.check("rootVolumeGib", args.rootVolumeGib, wholeNumber(facts.minimumRootVolumeGib, 16_384, "GiB"));
  return {
    os,
    image:
      args.amiId === undefined
        ? {
            kind: "latest",
            parameter: facts.parameter(architecture),
            follow: args.followLatestImage ?? false,
          }
        : { kind: "ami", amiId: problems.input("amiId", args.amiId, amiId) },
    architecture,
    instanceType: args.instanceType ?? facts.defaultInstanceType[architecture] ?? "t3.small",
    sshUser: facts.sshUser,
    rootVolumeGib: args.rootVolumeGib ?? facts.minimumRootVolumeGib,
  };
}
