import type { Check, CredentialKind, KeyConstraint, Place, Question } from "../decide/question.ts";
import { CREDENTIALS_WITHOUT_MFA } from "./credentials.ts";
import { AWS_DOCUMENT, OWN_DOCUMENT, outsideTag, type RequiredTags } from "./start-session.ts";

/**
 * Ways onto the same machines that are not `ssm:StartSession`.
 *
 * Source: Service Authorization Reference: Systems Manager, EC2 Instance Connect, Systems Manager GUI Connect.
 */
export interface SideDoor {
  readonly id: string;
  /** The check that says which machine; its keys carry the machine's tags. */
  readonly machine: Check;
  /** Checks on what else the call names: own documents, or those of AWS. One of them goes with the machine's. */
  readonly companions: readonly Check[];
  /** Whether the machine's tags are part of the request, so that a policy can tell machines apart. */
  readonly tagged: boolean;
}

const INSTANCE = "arn:{partition}:ec2:{region}:{account}:instance/{instance}";
const MANAGED = "arn:{partition}:ssm:{region}:{account}:managed-instance/{managed}";

function documents(action: string): readonly Check[] {
  return [
    { name: "document", actions: [action], resources: [OWN_DOCUMENT] },
    { name: "document", actions: [action], resources: [AWS_DOCUMENT], untagged: true },
  ];
}

function machine(action: string, resources: readonly string[]): Check {
  return { name: "machine", actions: [action], resources };
}

export const SIDE_DOORS: readonly SideDoor[] = [
  {
    id: "ec2-instance-connect:OpenTunnel",
    machine: machine("ec2-instance-connect:OpenTunnel", [
      "arn:{partition}:ec2:{region}:{account}:instance-connect-endpoint/{id}",
    ]),
    companions: [],
    tagged: false,
  },
  {
    id: "ec2-instance-connect:SendSSHPublicKey",
    machine: machine("ec2-instance-connect:SendSSHPublicKey", [INSTANCE]),
    companions: [],
    tagged: true,
  },
  {
    id: "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
    machine: machine("ec2-instance-connect:SendSerialConsoleSSHPublicKey", [INSTANCE]),
    companions: [],
    tagged: true,
  },
  {
    id: "ssm-guiconnect:StartConnection",
    machine: machine("ssm-guiconnect:StartConnection", ["*"]),
    companions: [],
    tagged: false,
  },
  {
    id: "ssm:CreateAssociation",
    machine: machine("ssm:CreateAssociation", [INSTANCE, MANAGED]),
    companions: documents("ssm:CreateAssociation"),
    tagged: true,
  },
  {
    id: "ssm:CreateAssociationBatch",
    machine: machine("ssm:CreateAssociationBatch", [INSTANCE, MANAGED]),
    companions: documents("ssm:CreateAssociationBatch"),
    tagged: true,
  },
  {
    id: "ssm:GetAccessToken",
    machine: machine("ssm:GetAccessToken", ["arn:{partition}:ssm:{region}:{account}:opsitem/{id}"]),
    companions: [],
    tagged: false,
  },
  {
    id: "ssm:SendCommand",
    machine: machine("ssm:SendCommand", [INSTANCE, MANAGED]),
    companions: documents("ssm:SendCommand"),
    tagged: true,
  },
  {
    id: "ssm:StartAutomationExecution",
    machine: machine("ssm:StartAutomationExecution", [
      "arn:{partition}:ssm:{region}:{account}:automation-definition/{id}:{id}",
      "arn:{partition}:ssm:{region}::automation-definition/AW{id}:{id}",
      "arn:{partition}:ssm:{region}:{account}:document/{id}",
    ]),
    companions: [],
    tagged: false,
  },
  {
    // An association that is there can be given other commands, or other machines.
    id: "ssm:UpdateAssociation",
    machine: machine("ssm:UpdateAssociation", [INSTANCE, MANAGED]),
    companions: [],
    tagged: true,
  },
];

export interface SideDoorOptions {
  readonly place?: Place;
  readonly credentials?: readonly CredentialKind[];
}

function throughDoor(
  door: SideDoor,
  name: string,
  keys: readonly KeyConstraint[],
  options: SideDoorOptions,
): Question {
  const first: Check = { ...door.machine, keys };
  const sets =
    door.companions.length === 0 ? [[first]] : door.companions.map((companion) => [first, companion]);
  const shared = options.credentials === undefined ? {} : { credentials: options.credentials };
  return {
    name,
    scenarios: sets.map((checks) => Object.assign({ name: door.id, checks }, shared)),
    ...(options.place === undefined ? {} : { place: options.place }),
  };
}

/** "Can the door be used at all?" */
export function sideDoorOpen(door: SideDoor, options: SideDoorOptions = {}): Question {
  return throughDoor(door, `use \`${door.id}\``, [], options);
}

/** "Can the door be used without MFA?" */
export function sideDoorWithoutMfa(door: SideDoor, options: SideDoorOptions = {}): Question {
  const credentials = options.credentials ?? CREDENTIALS_WITHOUT_MFA;
  return throughDoor(door, `use \`${door.id}\` without MFA`, [], { ...options, credentials });
}

/** "Can the door be used on a machine outside this tag?", one question for each tag. */
export function sideDoorOutsideTags(
  door: SideDoor,
  tags: RequiredTags,
  options: SideDoorOptions = {},
): readonly Question[] {
  return Object.entries(tags).map(([key, values]) =>
    throughDoor(
      door,
      `use \`${door.id}\` outside the tag \`${key}\``,
      door.tagged ? [outsideTag(key, values)] : [],
      options,
    ),
  );
}
