import type { Check, CredentialKind, KeyConstraint, Place, Question } from "../decide/question.ts";
import { CREDENTIALS_WITHOUT_MFA } from "./credentials.ts";
import { outside } from "../decide/question.ts";
import { AWS_DOCUMENT, OWN_DOCUMENT, outsideTag, type RequiredTags } from "./start-session.ts";

/** A way onto the same machines that is not `ssm:StartSession`. */
export interface SideDoor {
  /** The action that opens it. */
  readonly id: string;
  /** The check that says which machine; its keys carry the machine's tags. */
  readonly machine: Check;
  /** Checks on what else the call names: own documents, or those of AWS. One of them goes with the machine's. */
  readonly companions: readonly Check[];
  /** Checks of further calls without which the door leads nowhere: all of them go with the machine's. Default: none. */
  readonly steps?: readonly Check[];
  /** Whether the machine's tags are part of the request, so that a policy can tell machines apart. */
  readonly tagged: boolean;
}

const INSTANCE = "arn:{partition}:ec2:{region}:{account}:instance/{instance}";
const MAINTENANCE_WINDOW = "arn:{partition}:ssm:{region}:{account}:maintenancewindow/{id}";
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

function onSame(name: string, action: string, resource: string): Check {
  return { name, actions: [action], resources: [resource], sameResourceAs: "machine" };
}

/**
 * Ways onto machines by themselves: a connection, or a command of one's own.
 *
 * Not among them, as they run what somebody else chose, or need one of these besides: `ssm:StartAssociationsOnce`, targets
 * of maintenance windows, `ssm:SendAutomationSignal`, `ssm:CreateDocument`, `ssm:PutParameter`, `iam:PassRole`; as they
 * concern the service and no machine that is there: `ssm:UpdateServiceSetting`, `ssm:CreateActivation`. Others' sessions
 * are another question ({@link import("./own-sessions.ts").sessionsOfOthers}).
 *
 * Source: Service Authorization Reference: Systems Manager, EC2 Instance Connect, Systems Manager GUI Connect, ECS.
 */
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
    // A shell in a container; AWS checks the task and its cluster, each with its own tags.
    id: "ecs:ExecuteCommand",
    machine: machine("ecs:ExecuteCommand", ["arn:{partition}:ecs:{region}:{account}:task/{name}"]),
    companions: [
      {
        name: "cluster",
        actions: ["ecs:ExecuteCommand"],
        resources: ["arn:{partition}:ecs:{region}:{account}:cluster/{name}"],
      },
    ],
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
    // Its targets are no part of what is checked, and without a role of one's own a service-linked one runs it.
    id: "ssm:RegisterTaskWithMaintenanceWindow",
    machine: machine("ssm:RegisterTaskWithMaintenanceWindow", [MAINTENANCE_WINDOW]),
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
    // A runbook behind a change template; `ssm:AutoApprove` tells whether anyone is asked first.
    id: "ssm:StartChangeRequestExecution",
    machine: machine("ssm:StartChangeRequestExecution", [
      "arn:{partition}:ssm:{region}:{account}:automation-definition/{id}:{id}",
      "arn:{partition}:ssm:{region}::automation-definition/AW{id}:{id}",
    ]),
    companions: documents("ssm:StartChangeRequestExecution"),
    tagged: false,
  },
  {
    // An association that is there can be given other commands, or other machines.
    id: "ssm:UpdateAssociation",
    machine: machine("ssm:UpdateAssociation", [INSTANCE, MANAGED]),
    companions: [],
    tagged: true,
  },
  {
    // A task that is there can be given another document, other parameters, or other machines.
    id: "ssm:UpdateMaintenanceWindowTask",
    machine: machine("ssm:UpdateMaintenanceWindowTask", [MAINTENANCE_WINDOW]),
    companions: [
      {
        name: "task",
        actions: ["ssm:UpdateMaintenanceWindowTask"],
        resources: ["arn:{partition}:ssm:{region}:{account}:windowtask/{id}"],
      },
    ],
    tagged: false,
  },
];

/**
 * Ways to change what a machine runs of itself, or what others run on it.
 *
 * User data can be changed while the machine is stopped, and can be made to run with every start. A command document's new
 * version is run by whoever runs its default one, associations among them; a session document runs nothing of itself, and
 * cannot become another kind.
 *
 * Source: EC2 API Reference, "ModifyInstanceAttribute"; Service Authorization Reference: EC2, Systems Manager.
 */
export const CHANGE_DOORS: readonly SideDoor[] = [
  {
    id: "ec2:ModifyInstanceAttribute",
    machine: {
      ...machine("ec2:ModifyInstanceAttribute", [INSTANCE]),
      // No page says in which letters the key has it.
      keys: [{ operator: "StringEqualsIgnoreCaseIfExists", key: "ec2:Attribute", values: ["UserData"] }],
    },
    companions: [],
    steps: [onSame("stop", "ec2:StopInstances", INSTANCE), onSame("start", "ec2:StartInstances", INSTANCE)],
    tagged: true,
  },
  {
    id: "ssm:UpdateDocument",
    machine: {
      ...machine("ssm:UpdateDocument", [OWN_DOCUMENT]),
      notResources: ["arn:*:ssm:*:*:document/SSM-SessionManagerRunShell"],
      keys: [outside("ssm:DocumentType", "Session")],
    },
    companions: [],
    steps: [onSame("default version", "ssm:UpdateDocumentDefaultVersion", OWN_DOCUMENT)],
    tagged: false,
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
  const first: Check = { ...door.machine, keys: [...(door.machine.keys ?? []), ...keys] };
  const sets = (door.companions.length === 0 ? [[]] : door.companions.map((companion) => [companion])).map(
    (companions) => [first, ...companions, ...(door.steps ?? [])],
  );
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
