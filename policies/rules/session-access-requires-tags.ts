import type { Check, Question, StatementRef } from "@bastionless/iam";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { GrantedDocument, PolicyGrant } from "../estate/policy-grant.ts";
import type { AccessFix } from "../messages/access-message.ts";
import { iam } from "../iam.ts";
import { statementName } from "./access-fix.ts";
import { patternTable, toggle } from "./config.ts";
import { grantVerdict } from "./grant-verdict.ts";
import { holderNames, isExempt, namesOf } from "./holder.ts";
import { outsidePolicies, TRUSTED_POLICIES } from "./outside-policies.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { ask } from "./session-decision.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { decideTogether } from "./together.ts";
import { type Finding, satisfied, type Verdict } from "./verdict.ts";

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
      exemptPrincipals: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of roles, users and groups whose own documents are not held to this rule. `*` stands for anything.",
      },
      trustedPolicies: TRUSTED_POLICIES,
      tags: {
        type: "object",
        additionalProperties: { type: "array", items: { type: "string" } },
        default: {},
        description:
          'Tags that a machine must carry, each with the values it may have: `{"Environment": ["prod", "staging-*"]}`; an empty list: any value.',
      },
    },
  },
  decideResource: (facts, config) => [
    ...facts.grants.map((grant) => decideGrant(facts, grant, config)),
    ...readUnmodelled(facts, "permissions"),
  ],
  decideStack: (estate, config) => [
    ...[...estate.facts.values()].flatMap((facts) => outsidePolicies(estate, facts, "tags", config)),
    ...tagsTogether(estate, config),
  ],
};

/** A tag that a machine must carry, and the values it may have; undefined: any tag that the documents look at. */
type Tag = { readonly key: string; readonly values: readonly string[] } | undefined;

function requiredTags(config: RuleConfig): readonly Tag[] {
  const required = Object.entries(patternTable(config, "tags"));
  return required.length === 0 ? [undefined] : required.map(([key, values]) => ({ key, values }));
}

function decideGrant(facts: ResourceFacts, grant: PolicyGrant, config: RuleConfig): Verdict {
  if (isExempt(holderNames(facts.record, grant), config)) {
    return satisfied({ id: "principal-exempt", path: grant.path });
  }
  const verdicts = requiredTags(config).map((tag) => {
    const answer = ask(grant.document, question([grant.document], tag, config));
    return grantVerdict(grant, answer, "tags", (allowedBy) => tagFix(allowedBy, tag));
  });
  // One tag that is not asked for refutes it; all of them must be proved.
  return (
    verdicts.find(({ kind }) => kind === "violation") ??
    verdicts.find(({ kind }) => kind === "undecided") ??
    satisfied({ id: "session-excluded", path: grant.path, requirement: "tags", excludedBy: [] })
  );
}

/** The same of all documents that one principal holds. */
function tagsTogether(estate: Estate, config: RuleConfig): readonly Finding[] {
  return requiredTags(config).flatMap((tag) =>
    decideTogether(estate, {
      requirement: "tags",
      isExempt: ({ name, facts }) =>
        isExempt([name, ...(facts === undefined ? [] : namesOf(facts.record))], config),
      ask: (_, documents) => iam().decide(question(documents, tag, config), { identity: documents }),
      fix: (allowedBy) => tagFix(allowedBy, tag),
    }),
  );
}

function tagFix(allowedBy: StatementRef, tag: Tag): AccessFix {
  return { kind: "require-tag", statement: statementName(allowedBy), tag };
}

/** "Can a session be started on a machine outside the tag?" */
function question(documents: readonly GrantedDocument[], tag: Tag, config: RuleConfig): Question {
  const { absent, anySession, sessionOutsideTags } = iam();
  const [outside] = tag === undefined ? [] : sessionOutsideTags({ [tag.key]: tag.values });
  const asked =
    outside ??
    onMachine(anySession(), {
      keys: documents.flatMap(tagsMentioned).map((key) => absent(`aws:ResourceTag/${key}`)),
    });
  const named = toggle(config, "allowNamedMachines") ? documents.flatMap(namedMachines) : [];
  return named.length === 0 ? asked : onMachine(asked, { notResources: named });
}

/** The question with a further constraint on the machine. */
function onMachine(asked: Question, constraint: Partial<Check>): Question {
  return {
    ...asked,
    scenarios: asked.scenarios.map((scenario) => ({
      ...scenario,
      checks: scenario.checks.map((check) =>
        check.name === "machine" ? { ...check, ...constraint } : check,
      ),
    })),
  };
}

const TAG_KEY = /^(?:aws|ssm):resourceTag\/(.+)$/i;

/** Tags that the document's conditions look at; a session's own tags are none of a machine. */
function tagsMentioned(document: GrantedDocument): readonly string[] {
  if (document.kind !== "document") {
    return [];
  }
  const tags = document.statements
    .flatMap((statement) => statement.conditions)
    .flatMap(({ key }) => TAG_KEY.exec(key)?.[1] ?? [])
    .filter((tag) => !tag.startsWith("aws:"));
  // Tag keys ignore case in conditions.
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()];
}

const ONE_MACHINE = /^arn:[^*?$]+:(?:instance\/i-|managed-instance\/mi-)[0-9a-f]+$/;

function namedMachines(document: GrantedDocument): readonly string[] {
  return document.kind === "document"
    ? document.statements
        .flatMap((statement) => (statement.resource?.negated === false ? statement.resource.patterns : []))
        .flatMap((pattern) => (typeof pattern === "string" && ONE_MACHINE.test(pattern) ? [pattern] : []))
    : [];
}
