import { oneOf } from "../core/checks.ts";
import { type PolicyDocument, policyDocument, type PolicyStatement } from "../core/policy-document.ts";
import { type Check, Problems } from "../core/problems.ts";
import { withConditions } from "./conditions.ts";
import { COMMAND_DOOR_ACTIONS, CONNECTION_DOOR_ACTIONS } from "./side-doors.ts";

/** What AWS Organizations takes as a service control policy, in characters. Source: Organizations quotas. */
export const SERVICE_CONTROL_POLICY_CHARACTERS = 5120;

export interface SideDoorsPolicyArgs {
  /** @default "aws" */
  readonly partition?: "aws" | "aws-cn" | "aws-us-gov";
  /**
   * ARNs of roles that may use every door, as `arn:aws:iam::*:role/break-glass`; `*` stands for any account, or a part of a
   * path or name.
   * @default none
   */
  readonly exemptRoles?: readonly string[];
  /**
   * ARNs of roles that may run commands (SendCommand, associations, automations, maintenance windows), as automation does.
   * @default none
   */
  readonly commandRoles?: readonly string[];
  /**
   * ARNs of roles that may change what is protected here: the account's session preferences, its trail, service settings,
   * the serial console, and the roles named in these three lists. Without any, only somebody whom the policy does not
   * reach may.
   * @default none
   */
  readonly deploymentRoles?: readonly string[];
  /**
   * Launches with an SSH key pair.
   * @default "denied"
   */
  readonly keyPairs?: "allowed" | "denied";
}

/** What makes the named roles somebody else's, or nobody's. */
const ROLE_ACTIONS = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PassRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
] as const;

/**
 * A service control policy, for an organisation's root, unit or account, under which not even an administrator gets onto
 * a machine but by `ssm:StartSession`: no SSH keys pushed or launched with, no Instance Connect tunnels, no serial console,
 * no GUI Connect, no commands but by named roles, none of AWS's documents that lead to any port or command; and under which
 * session preferences, the trail, and the named roles stay as they are.
 *
 * Two ways to change what machines run stay open, as every deployment needs them: user data of a machine that is stopped
 * and started (`ec2:ModifyInstanceAttribute`), and the next default version of a command document (`ssm:UpdateDocument`).
 * The rule `side-doors-guarded` tells who holds them.
 *
 * A service control policy only denies: what sessions may be started is still SessionAccess's to say, and a document of
 * one's own that takes any host is one that this policy lets through. It reaches neither the management account nor
 * service-linked roles, so that an Auto Scaling group still launches what its template says.
 *
 * Cost: none. Limit: 5,120 characters, which this stays within for some 20 roles.
 * Source: AWS Organizations User Guide, "Service control policies"; Service Authorization Reference.
 *
 * @throws Error with every bad argument, and where the document is too long.
 *
 * @example
 * new aws.organizations.Policy("side-doors", {
 *   content: JSON.stringify(sideDoorsServiceControlPolicy({ commandRoles: ["arn:aws:iam::*:role/automation"] })),
 * });
 */
export function sideDoorsServiceControlPolicy(args: SideDoorsPolicyArgs = {}): PolicyDocument {
  const { partition = "aws", exemptRoles = [], commandRoles = [], deploymentRoles = [] } = args;
  const problems = new Problems("sideDoorsServiceControlPolicy");
  problems.check("partition", partition, oneOf(["aws", "aws-cn", "aws-us-gov"] as const));
  problems.check("keyPairs", args.keyPairs, oneOf(["allowed", "denied"] as const));
  for (const [list, roles] of Object.entries({ exemptRoles, commandRoles, deploymentRoles })) {
    for (const [index, role] of roles.entries()) {
      problems.check(`${list}[${index}]`, role, roleOf(partition));
    }
  }
  problems.throwIfAny();
  const documents = `arn:${partition}:ssm:*:*:document/`;
  const roles = [...new Set([...exemptRoles, ...commandRoles, ...deploymentRoles])];
  const statements = [
    except(exemptRoles, "DenyConnections", CONNECTION_DOOR_ACTIONS),
    except([...exemptRoles, ...commandRoles], "DenyCommands", COMMAND_DOOR_ACTIONS),
    except(exemptRoles, "DenyGenericDocuments", ["ssm:StartSession"], [`${documents}AWS-Start*`]),
    ...(args.keyPairs === "allowed"
      ? []
      : [except(exemptRoles, "DenyKeyPairs", ["ec2:RunInstances"], [`arn:${partition}:ec2:*:*:key-pair/*`])]),
    except(
      deploymentRoles,
      "KeepPreferences",
      [
        "ssm:CreateDocument",
        "ssm:DeleteDocument",
        "ssm:ModifyDocumentPermission",
        "ssm:UpdateDocument",
        "ssm:UpdateDocumentDefaultVersion",
      ],
      [`${documents}SSM-SessionManagerRunShell`],
    ),
    except(deploymentRoles, "KeepSettings", [
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
      "ec2:CreateInstanceConnectEndpoint",
      "ec2:EnableSerialConsoleAccess",
      "ssm:ResetServiceSetting",
      "ssm:UpdateServiceSetting",
    ]),
    ...(roles.length === 0 ? [] : [except(deploymentRoles, "KeepRoles", ROLE_ACTIONS, roles)]),
  ];
  return withinLimit(policyDocument(statements));
}

/** `ArnNotLike` holds for whoever has no ARN, too: nobody slips through. */
function except(
  roles: readonly string[],
  sid: string,
  actions: readonly string[],
  resources: readonly string[] = ["*"],
): PolicyStatement {
  const statement: PolicyStatement = { Sid: sid, Effect: "Deny", Action: actions, Resource: resources };
  return roles.length === 0
    ? statement
    : withConditions(statement, { ArnNotLike: { "aws:PrincipalArn": [...new Set(roles)] } });
}

function roleOf(partition: string): Check<string> {
  const shape = new RegExp(`^arn:${partition}:iam::(?:\\d{12}|\\*):role/(?:[\\w+=,.@*-]+/)*([\\w+=,.@*-]+)$`);
  return (role) => {
    // The last part must say something: everybody's role has a name that matches `*`.
    const name = shape.exec(role)?.[1]?.replaceAll("*", "") ?? "";
    return name.length >= 3
      ? undefined
      : {
          expected: `the ARN of a role of the partition \`${partition}\`, with at least three letters of its name`,
          remedy: "write it as `arn:aws:iam::*:role/automation`",
        };
  };
}

function withinLimit(document: PolicyDocument): PolicyDocument {
  const { length } = JSON.stringify(document);
  if (length > SERVICE_CONTROL_POLICY_CHARACTERS) {
    throw new Error(
      `sideDoorsServiceControlPolicy: a policy of ${length} characters, expected at most ` +
        `${SERVICE_CONTROL_POLICY_CHARACTERS}; name fewer roles, or several at once with \`*\``,
    );
  }
  return document;
}
