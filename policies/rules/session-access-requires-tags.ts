import type { Question } from "@bastionless/iam";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { iam } from "../iam.ts";
import { statementName } from "./access/access-fix.ts";
import type { AccessRule } from "./access/access-question.ts";
import { ACCESS_CONFIG, decideAccess, decideDocuments } from "./access/access-rule.ts";
import { toggle } from "./config.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { onMachine, outsideTag, requiredTags, type Tag, TAGS } from "./access/tag-question.ts";

const BY_TAG: AccessRule = {
  requirement: "tags",
  questions: (documents, { config }) =>
    requiredTags(config).map((tag) => ({
      question: question(documents, tag, config),
      fix: (allowedBy) => ({ kind: "require-tag", statement: statementName(allowedBy), tag }),
    })),
};

/**
 * Sessions can be started only on machines that carry a tag.
 *
 * With `tags` configured: only on machines that carry each of these tags, with one of its values. Otherwise: on no
 * machine that carries none of the tags a document asks about. The half of a policy that names session documents needs
 * no tag, as AWS's own documents carry none.
 */
export const sessionAccessRequiresTags: Rule = {
  id: "session-access-requires-tags",
  displayName: "Session access by tag",
  description: "No policy document allows `ssm:StartSession` on a machine without the tags that grant it.",
  severity: "high",
  tags: ["access", "abac"],
  remediation:
    'Add `"StringEquals": {"ssm:resourceTag/Environment": "prod"}` to the Condition of every statement that allows `ssm:StartSession` on instances, and keep session documents in a statement of their own.',
  configSchema: {
    properties: {
      allowNamedMachines: {
        type: "boolean",
        default: false,
        description: "A document that names single machines by their ids needs no tag for these.",
      },
      ...ACCESS_CONFIG,
      tags: TAGS,
    },
  },
  decideResource: (facts, config) => decideDocuments(BY_TAG, facts, config),
  decideStack: (estate, config) => decideAccess(BY_TAG, estate, config),
};

/** "Can a session be started on a machine outside the tag?" */
function question(documents: readonly GrantedDocument[], tag: Tag, config: RuleConfig): Question {
  const asked = outsideTag(iam().anySession(), tag, documents);
  const named = toggle(config, "allowNamedMachines") ? documents.flatMap(namedMachines) : [];
  return named.length === 0 ? asked : onMachine(asked, { notResources: named });
}

const ONE_MACHINE = /^arn:[^*?$]+:(?:instance\/i-|managed-instance\/mi-)[0-9a-f]+$/;

function namedMachines(document: GrantedDocument): readonly string[] {
  return document.kind === "document"
    ? document.statements
        .flatMap((statement) => (statement.resource?.negated === false ? statement.resource.patterns : []))
        .flatMap((pattern) => (typeof pattern === "string" && ONE_MACHINE.test(pattern) ? [pattern] : []))
    : [];
}
