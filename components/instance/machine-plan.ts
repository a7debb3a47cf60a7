import type { Input } from "@pulumi/pulumi";
import { oneOf, wholeNumber } from "../core/checks.ts";
import type { Problems } from "../core/problems.ts";
import { amiId } from "../core/ec2-ids.ts";
import type { AgentInstall } from "./agent-install.ts";
import { AGENT_SIGNING_KEY } from "./agent-signing-key.ts";
import { type Architecture, parseInstanceType } from "./instance-type.ts";
import type { MachineArgs } from "./machine-args.ts";
import { OPERATING_SYSTEMS, type OperatingSystem, type OperatingSystemFacts } from "./machine-image.ts";
import { openPgpKey, parseOpenPgpKey } from "./openpgp-key.ts";
import { userDataCheck } from "./user-data.ts";

export type ImagePlan =
  | { readonly kind: "latest"; readonly parameter: string; readonly follow: boolean }
  | {
      readonly kind: "search";
      readonly os: OperatingSystem;
      readonly owners: Readonly<Record<string, string>>;
      readonly name: string;
      readonly architecture: Architecture;
      readonly follow: boolean;
    }
  | { readonly kind: "ami"; readonly amiId: Input<string> };

const ARCHITECTURES: readonly Architecture[] = ["arm64", "x86_64"];

export interface MachinePlan {
  readonly os: OperatingSystem;
  readonly platform: OperatingSystemFacts["platform"];
  readonly image: ImagePlan;
  readonly architecture: Architecture;
  /** At least one; all of the architecture. */
  readonly instanceTypes: readonly string[];
  readonly sshUser: string;
  readonly rootDeviceName: string;
  readonly rootVolumeGib: number;
  readonly userData: Input<string> | undefined;
  /** How SSM Agent gets onto the machine; `undefined` where the image has it. */
  readonly agent: AgentInstall | undefined;
}

/** The instance types that a component was given, each with the argument that it comes from. */
export type GivenTypes = readonly { readonly path: string; readonly type: string }[];

/** Decides image, architecture, types, root volume and what is booted with, which must fit each other. */
export function planMachine(problems: Problems, args: MachineArgs, types: GivenTypes): MachinePlan {
  const requested = args.os ?? "amazon-linux-2023";
  problems.check("os", requested, oneOf(Object.keys(OPERATING_SYSTEMS)));
  problems.check("architecture", args.architecture, oneOf(ARCHITECTURES));
  const os = Object.hasOwn(OPERATING_SYSTEMS, requested) ? requested : "amazon-linux-2023";
  const facts = OPERATING_SYSTEMS[os];
  const architecture = planArchitecture(problems, args, types, os);
  if (args.amiId !== undefined && types.length === 0 && args.architecture === undefined) {
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
  const agent = planAgent(problems, args, os, architecture);
  return {
    os,
    platform: facts.platform,
    image: planImage(problems, args, os, architecture),
    architecture,
    instanceTypes:
      types.length > 0
        ? types.map(({ type }) => type)
        : [facts.defaultInstanceType[architecture] ?? "t3.small"],
    sshUser: facts.sshUser,
    rootDeviceName: facts.rootDeviceName,
    rootVolumeGib: args.rootVolumeGib ?? facts.minimumRootVolumeGib,
    userData:
      args.userData === undefined
        ? undefined
        : problems.input("userData", args.userData, userDataCheck(agent)),
    agent,
  };
}

/** The one architecture that system, types and the argument agree on. */
function planArchitecture(
  problems: Problems,
  args: MachineArgs,
  types: GivenTypes,
  os: OperatingSystem,
): Architecture {
  const facts = OPERATING_SYSTEMS[os];
  // What is none is reported already, and decides nothing more.
  const wanted =
    args.architecture !== undefined && ARCHITECTURES.includes(args.architecture)
      ? args.architecture
      : undefined;
  const known = types.flatMap(({ path, type }) => {
    const parsed = parseInstanceType(type);
    if (parsed === undefined || (parsed.family === "mac") !== (facts.platform === "macos")) {
      const kind =
        facts.platform === "macos" ? "of a Mac, as `mac2.metal`" : "other than a Mac's, as `t4g.small`";
      problems.add(path, type, {
        expected: `an EC2 instance type ${kind}`,
        remedy: "choose one of https://aws.amazon.com/ec2/instance-types/",
      });
      return [];
    }
    return [{ path, type, architecture: parsed.architecture }];
  });
  const [first] = known;
  const architecture =
    wanted ?? first?.architecture ?? (facts.architectures.includes("arm64") ? "arm64" : "x86_64");
  const others = known.filter((one) => one.architecture !== architecture);
  for (const { path, type, architecture: its } of others) {
    problems.add(path, type, {
      expected: `an instance type of \`${architecture}\`, and this one is \`${its}\``,
      remedy:
        wanted === undefined
          ? "choose types of one architecture"
          : "choose another type, or leave `architecture` out",
    });
  }
  if (others.length === 0 && !facts.architectures.includes(architecture)) {
    const path = wanted === undefined ? (first?.path ?? "architecture") : "architecture";
    problems.add(path, wanted ?? first?.type, {
      expected: `${facts.architectures.map((one) => `\`${one}\``).join(" or ")}, which \`${os}\` is made for`,
      remedy: "choose another one, or another `os`",
    });
  }
  return architecture;
}

function planImage(
  problems: Problems,
  args: MachineArgs,
  os: OperatingSystem,
  architecture: Architecture,
): ImagePlan {
  if (args.amiId !== undefined) {
    return { kind: "ami", amiId: problems.input("amiId", args.amiId, amiId) };
  }
  const source = OPERATING_SYSTEMS[os].image(architecture);
  const follow = args.followLatestImage ?? false;
  return source.kind === "parameter"
    ? { kind: "latest", parameter: source.name, follow }
    : { kind: "search", os, owners: source.owners, name: source.name, architecture, follow };
}

function planAgent(
  problems: Problems,
  args: MachineArgs,
  os: OperatingSystem,
  architecture: Architecture,
): AgentInstall | undefined {
  const { agentPackage, hasAgent } = OPERATING_SYSTEMS[os];
  const install = args.installAgent ?? !hasAgent;
  problems.check("agentSigningKey", args.agentSigningKey, openPgpKey);
  if (!install && args.agentSigningKey !== undefined) {
    problems.add("agentSigningKey", "a key", {
      expected: "no key where the agent is not installed",
      remedy: "leave it out, or set `installAgent`",
    });
  }
  if (install && agentPackage === undefined) {
    problems.add("installAgent", args.installAgent, {
      expected: `nothing but \`false\` with \`${os}\`, whose images have the agent`,
      remedy: "leave it out",
    });
  }
  const signingKey = parseOpenPgpKey(args.agentSigningKey ?? AGENT_SIGNING_KEY);
  return !install || agentPackage === undefined || signingKey === undefined
    ? undefined
    : { package: agentPackage, architecture, signingKey };
}
