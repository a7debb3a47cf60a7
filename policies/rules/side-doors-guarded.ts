import type { SideDoor } from "@bastionless/iam";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { iam } from "../iam.ts";
import { mfaFix, statementName } from "./access/access-fix.ts";
import type { AccessQuestion, AccessRule } from "./access/access-question.ts";
import { ACCESS_CONFIG, decideAccess, decideDocuments } from "./access/access-rule.ts";
import { onlyWith } from "./access/doors.ts";
import { matchesAny, textList } from "./config.ts";
import { MFA_CONFIG } from "./roles/role-mfa.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { outsideTag, requiredTags, TAGS } from "./access/tag-question.ts";
import { tellOnce, tellOnceOf } from "./access/tell-once.ts";

const DOORS_BY_MFA: AccessRule = {
  requirement: "door-mfa",
  byTrust: true,
  questions: (_, { config, credentials }) =>
    doors(config).map((door) => ({
      question: iam().sideDoorWithoutMfa(door, credentials === undefined ? {} : { credentials }),
      label: door.id,
      ...onlyWith(door),
      fix: (allowedBy, document) =>
        document === undefined
          ? { kind: "require-mfa", statement: statementName(allowedBy) }
          : mfaFix(document, allowedBy),
    })),
};

const DOORS_BY_TAG: AccessRule = {
  requirement: "door-tags",
  questions: (documents, { config }) => doors(config).flatMap((door) => outsideTags(door, documents, config)),
};

/**
 * Other ways onto the machines are held to what sessions are held to: MFA, and the tags of the machine.
 *
 * `ssm:SendCommand` and associations run commands as root, past the session logs; EC2 Instance Connect and the serial
 * console let SSH in; GUI Connect opens a desktop, and ECS a shell in a container. AWS checks commands on a machine and on
 * a document: a statement that allows the documents alone opens nothing.
 *
 * Two ways are longer. User data (`ec2:ModifyInstanceAttribute`) runs as root: who may change it, and stop and start the same
 * machine, is in. A command document's new version (`ssm:UpdateDocument` with `ssm:UpdateDocumentDefaultVersion`) is run by
 * the associations of others; session documents run nothing of themselves. What only runs again as somebody else wrote it
 * (`ssm:StartAssociationsOnce`, targets of maintenance windows) is no way in.
 *
 * A token of just-in-time access is one for who may ask for access (`ssm:StartAccessRequest`): to read is not enough.
 *
 * Some doors know nothing of the machine behind them: a tunnel is checked on its endpoint, an automation on its document,
 * a maintenance window's task on its window, a token on its request. No condition limits these to tagged machines, so that whoever may use them gets past the tags.
 * `untaggedDoors: mfa` asks for MFA alone there, and `allow` leaves a door out.
 *
 * Source: Service Authorization Reference, Systems Manager, EC2 Instance Connect, Systems Manager GUI Connect, EC2, ECS; EC2
 * API Reference, "ModifyInstanceAttribute".
 */
export const sideDoorsGuarded: Rule = {
  id: "side-doors-guarded",
  displayName: "Side doors guarded",
  description:
    "No policy document allows another way onto machines than `ssm:StartSession` without MFA, or past the tags of the machine.",
  severity: "high",
  tags: ["access", "mfa", "abac"],
  remediation:
    'Leave the action out where sessions do. Otherwise add `"Bool": {"aws:MultiFactorAuthPresent": "true"}` and `"StringEquals": {"aws:ResourceTag/Environment": "prod"}` to the Condition of every statement that allows it on machines, or list it in `allow`.',
  configSchema: {
    properties: {
      allow: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Doors that are not held to this rule, such as `ssm:StartAutomationExecution` or `ec2-instance-connect:*`. `*` stands for anything.",
      },
      ...ACCESS_CONFIG,
      ...MFA_CONFIG,
      tags: TAGS,
      untaggedDoors: {
        type: "string",
        enum: ["mfa", "refuse"],
        default: "refuse",
        description:
          "Doors that know no tags of machines, such as `ec2-instance-connect:OpenTunnel`: `refuse` holds their use against a policy, `mfa` asks for MFA alone.",
      },
    },
  },
  decideResource: (facts, config) =>
    tellOnce(decideDocuments(DOORS_BY_MFA, facts, config), decideDocuments(DOORS_BY_TAG, facts, config)),
  decideStack: (estate, config) =>
    tellOnceOf(decideAccess(DOORS_BY_MFA, estate, config), decideAccess(DOORS_BY_TAG, estate, config)),
};

function doors(config: RuleConfig): readonly SideDoor[] {
  const allowed = textList(config, "allow");
  const { CHANGE_DOORS, SIDE_DOORS } = iam();
  return [...SIDE_DOORS, ...CHANGE_DOORS].filter(({ id }) => !matchesAny(id, allowed));
}

function outsideTags(
  door: SideDoor,
  documents: readonly GrantedDocument[],
  config: RuleConfig,
): readonly AccessQuestion[] {
  const open = iam().sideDoorOpen(door);
  const label = door.id;
  if (door.tagged) {
    return requiredTags(config).map((tag) => ({
      label,
      question: outsideTag(open, tag, documents),
      fix: (allowedBy) => ({ kind: "require-tag", statement: statementName(allowedBy), tag }),
    }));
  }
  return config["untaggedDoors"] === "mfa"
    ? []
    : [
        {
          label,
          question: open,
          ...onlyWith(door),
          fix: (allowedBy) => ({ kind: "close-door", statement: statementName(allowedBy), door: label }),
        },
      ];
}
