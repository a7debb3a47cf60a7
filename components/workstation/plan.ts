import { type Input, Resource } from "@pulumi/pulumi";
import { arnOf, every, matching, oneOf, text, wholeNumber } from "../core/checks.ts";
import { type Deployment, problemsOf } from "../core/common.ts";
import { snapshotId } from "../core/ec2-ids.ts";
import { physicalName } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import { shaped } from "../core/shaped.ts";
import type { Tags } from "../core/tags.ts";
import type { BastionlessInstanceArgs } from "../instance/bastionless-instance-args.ts";
import { planInstance } from "../instance/bastionless-instance-plan.ts";
import { documentName } from "../instance/documents-plan.ts";
import type { InstanceNetwork } from "../instance/machine-args.ts";
import type { VolumeEnd, WorkstationArgs, WorkstationNetwork } from "./args.ts";
import { environmentFault, NOTEBOOK_ENVIRONMENTS } from "./environments.ts";
import { NOTEBOOK_PORT, type Setup } from "./setup-script.ts";

export interface WorkstationPlan {
  /** What all but the document and the parameter are called, or start with. */
  readonly physicalName: string;
  readonly tags: Tags;
  readonly accessTags: Readonly<Record<string, string>>;
  /** The instance's arguments, all but the image, its own policy and what it boots with. */
  readonly instance: BastionlessInstanceArgs;
  /** The public parameter that names the image; `undefined` for the newest Amazon Linux 2023. */
  readonly imageParameter: string | undefined;
  readonly setup: Setup;
  readonly dataVolume: {
    readonly gib: number;
    readonly kmsKeyArn: Input<string> | undefined;
    readonly snapshotId: Input<string> | undefined;
    readonly end: VolumeEnd;
  };
  readonly localPort: number;
  readonly requireMfa: boolean;
}

const VOLUME_ENDS: readonly VolumeEnd[] = ["delete", "retain", "snapshot"];

const keyArn = arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

/** A part of a parameter's name, which is the strictest of all that carry the component's. */
const nameInParameter = matching(
  /^[A-Za-z0-9_.-]+$/,
  "letters, digits and `_.-` as the component's name, which stands in a parameter's",
  "rename the component",
);

/** Name, extras, version: what pip's own grammar has beside it (paths, addresses, options) is not taken. */
const requirement = every(
  text(200),
  matching(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\[[A-Za-z0-9._,-]+\])?(?:(?:==|~=|!=|<=|>=|<|>)[A-Za-z0-9.*+!]+(?:,(?:==|~=|!=|<=|>=|<|>)[A-Za-z0-9.*+!]+)*)?$/,
    "a requirement of pip such as `seaborn==0.13.*`, without spaces, options or addresses",
    "give a package's name and, after it, versions",
  ),
);

const pipIndex = every(
  text(500),
  matching(
    /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/,
    "an address that starts with `https://`, without user, password or query",
    "give the address of a mirror that asks for no credentials",
  ),
);

/**
 * Decides everything about a workstation that can be decided before anything is asked of AWS.
 *
 * @throws pulumi.InputPropertiesError with every bad argument at once, those of its instance among them.
 */
export function planWorkstation(
  name: string,
  unchecked: WorkstationArgs,
  deployment: Deployment,
): WorkstationPlan {
  const problems = problemsOf("Workstation", name);
  const args = shaped(problems, "WorkstationArgs", unchecked);
  const requested = args.environment ?? "python";
  problems.check("environment", requested, oneOf(Object.keys(NOTEBOOK_ENVIRONMENTS)));
  const environment = Object.hasOwn(NOTEBOOK_ENVIRONMENTS, requested) ? requested : "python";
  const facts = NOTEBOOK_ENVIRONMENTS[environment];
  const instanceType = args.instanceType ?? facts.defaultInstanceType;
  const shell = planShellDocument(problems, args.shell?.documentName);
  const instance = instanceArgs({ ...args, shell }, instanceType, facts.minimumRootVolumeGib);
  const posture = planInstance(problems, name, instance, deployment);
  problems.check("instanceType", instanceType, (type) => environmentFault(environment, type));
  problems.check("rootVolumeGib", args.rootVolumeGib, wholeNumber(facts.minimumRootVolumeGib, 16_384, "GiB"));
  problems.check("network.httpsEgress", args.network?.httpsEgress, oneOf(["anywhere", "s3"] as const));
  problems.check("name", name, nameInParameter);
  const prefix = args.namePrefix ?? posture.physicalName.slice(0, -name.length - 1);
  physicalName(problems, "document", prefix, `${name}-notebook`, "name");
  if ((args.policyArns?.length ?? 0) > 8) {
    problems.add("policyArns", `${args.policyArns?.length} given`, {
      expected: "at most 8: one more is the machine's own",
      remedy: "leave some out",
    });
  }
  const plan: WorkstationPlan = {
    physicalName: posture.physicalName,
    tags: posture.tags,
    accessTags: posture.accessTags,
    instance,
    imageParameter: facts.imageParameter,
    setup: {
      environment,
      packages: planPackages(problems, args.packages ?? []),
      pipIndexUrl: planIndex(problems, args),
      idleStopMinutes: args.idleStopMinutes ?? 60,
      instanceCredentials: args.instanceCredentials ?? false,
      tokenParameterName: `/${prefix}/${name}/jupyter-token`,
    },
    dataVolume: planVolume(problems, args),
    localPort: args.localPort ?? NOTEBOOK_PORT,
    requireMfa: args.requireMfa ?? true,
  };
  problems.check("idleStopMinutes", args.idleStopMinutes, (minutes) =>
    minutes === 0 ? undefined : wholeNumber(15, 1440, "minutes, or 0 for never,")(minutes),
  );
  problems.check("localPort", args.localPort, wholeNumber(1024, 65_535, "a port"));
  problems.throwIfAny();
  return plan;
}

interface ShellDocument {
  readonly documentName: Input<string>;
}

/** What is wrong with it is told here: the instance would call it otherwise. */
function planShellDocument(problems: Problems, name: Input<string> | undefined): ShellDocument | undefined {
  if (name === undefined) {
    return undefined;
  }
  const checked = problems.input("shell.documentName", name, documentName);
  return typeof name === "string" && documentName(name) !== undefined ? undefined : { documentName: checked };
}

function instanceArgs(
  args: Omit<WorkstationArgs, "shell"> & { readonly shell: ShellDocument | undefined },
  instanceType: string,
  minimumRootVolumeGib: number,
): BastionlessInstanceArgs {
  const { network, zone, vpcId, subnetId, securityGroupIds, egress } = args;
  const { namePrefix, tags, accessTags, logging, shell, policyArns, permissionsBoundaryArn } = args;
  return {
    ...(namePrefix === undefined ? {} : { namePrefix }),
    ...(tags === undefined ? {} : { tags }),
    ...(network === undefined ? {} : { network: joined(network) }),
    ...(zone === undefined ? {} : { zone }),
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(subnetId === undefined ? {} : { subnetId }),
    ...(securityGroupIds === undefined ? {} : { securityGroupIds }),
    ...(egress === undefined ? {} : { egress }),
    ...(accessTags === undefined ? {} : { accessTags }),
    ...(logging === undefined ? {} : { logging }),
    ...(shell === undefined ? {} : { documents: { shell } }),
    // How many there may be is said with the workstation's own argument.
    ...(policyArns === undefined ? {} : { policyArns: policyArns.slice(0, 8) }),
    ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
    instanceType,
    rootVolumeGib: inRange(args.rootVolumeGib, minimumRootVolumeGib),
    // What is installed is what the script says: a new script makes a new machine.
    replaceOnUserDataChange: true,
  };
}

/** What of a network is the instance's. A component stays itself: the instance waits for all of it. */
function joined(network: WorkstationNetwork): InstanceNetwork {
  if (Resource.isInstance(network)) {
    return network;
  }
  const { httpsEgress: _reach, ...joins } = network;
  return joins;
}

/** A size that the instance does not complain of a second time. */
function inRange(given: number | undefined, minimum: number): number {
  return given === undefined || wholeNumber(minimum, 16_384, "GiB")(given) !== undefined ? minimum : given;
}

function planPackages(problems: Problems, packages: readonly string[]): readonly string[] {
  if (packages.length > 100) {
    problems.add("packages", `${packages.length} given`, {
      expected: "at most 100",
      remedy: "leave out what others bring along, or make an image",
    });
  }
  packages.forEach((one, index) => {
    problems.check(`packages[${index}]`, one, requirement);
  });
  return packages;
}

function planIndex(problems: Problems, args: WorkstationArgs): string | undefined {
  problems.check("pipIndexUrl", args.pipIndexUrl, pipIndex);
  const opens443 = Object.values(args.egress ?? {}).some(
    ({ port, toPort }) => port <= 443 && (toPort ?? port) >= 443,
  );
  if (args.network?.httpsEgress === "s3" && args.pipIndexUrl === undefined && !opens443) {
    problems.add("pipIndexUrl", undefined, {
      expected: "a package index, because `network` leads to S3 and its endpoints alone",
      remedy: 'give a mirror of PyPI within the network, or a network with `egress: "nat"`',
    });
  }
  return args.pipIndexUrl;
}

function planVolume(problems: Problems, args: WorkstationArgs): WorkstationPlan["dataVolume"] {
  problems.check("dataVolumeGib", args.dataVolumeGib, wholeNumber(1, 16_384, "GiB"));
  problems.check("dataVolumeEnd", args.dataVolumeEnd, oneOf(VOLUME_ENDS));
  const { dataVolumeKmsKeyArn, dataVolumeSnapshotId } = args;
  return {
    gib: args.dataVolumeGib ?? 50,
    kmsKeyArn:
      dataVolumeKmsKeyArn === undefined
        ? undefined
        : problems.input("dataVolumeKmsKeyArn", dataVolumeKmsKeyArn, keyArn),
    snapshotId:
      dataVolumeSnapshotId === undefined
        ? undefined
        : problems.input("dataVolumeSnapshotId", dataVolumeSnapshotId, snapshotId),
    end: args.dataVolumeEnd ?? "snapshot",
  };
}
