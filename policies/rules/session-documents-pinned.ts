import type { Question } from "@bastionless/iam";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { iam } from "../iam.ts";
import { statementName } from "./access/access-fix.ts";
import type { AccessRule } from "./access/access-question.ts";
import { ACCESS_CONFIG, decideAccess, decideDocuments } from "./access/access-rule.ts";
import { matchesAny, textList } from "./config.ts";
import { DEFAULT_DOCUMENT, documentArn, documentsNamed } from "./access/document-name.ts";
import type { Rule, RuleConfig } from "./rule.ts";

const PINNED: AccessRule = {
  requirement: "pinned-document",
  questions: (documents, { config }) => [
    {
      question: question(documents, config),
      about: "document",
      fix: (allowedBy, _, scenario) =>
        scenario === NO_DOCUMENT
          ? { kind: "check-document", statement: statementName(allowedBy) }
          : { kind: "name-documents", statement: statementName(allowedBy), option: "documents" },
    },
  ],
};

/** The scenario in which AWS checks the machine alone; see `iam/questions/start-session.ts`. */
const NO_DOCUMENT = "no document is named";

/**
 * Sessions run with documents that somebody has chosen: these say what is logged, as whom, and for how long.
 *
 * Without `documents` configured, a document is pinned where a policy spells out its name, AWS's own ones included: to
 * name one is a decision, and what comes of it is asked by `no-unlogged-session-path`. A name with a wildcard or a variable
 * is none: it admits documents that do not exist yet. The account's default document is none either: whoever may change
 * the account's preferences changes it, and it opens wherever no document is named. `documents` can list it.
 *
 * A session that names no document is not checked on one, unless `ssm:SessionDocumentAccessCheck` is asked for.
 *
 * Source: Systems Manager User Guide, "Enforce a session document permission check for the AWS CLI".
 */
export const sessionDocumentsPinned: Rule = {
  id: "session-documents-pinned",
  displayName: "Session documents pinned",
  description: "No policy document allows `ssm:StartSession` with a session document that nobody has named.",
  severity: "high",
  tags: ["access", "documents"],
  remediation:
    'Add `"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}` to every statement that allows `ssm:StartSession`, and name each session document in a Resource: `arn:aws:ssm:*:*:document/acme-prod-shell`.',
  configSchema: {
    properties: {
      documents: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of the session documents that sessions may be started with, such as `acme-prod-*` or `SSM-SessionManagerRunShell`. `*` stands for anything. Where there are none: every document whose name a policy spells out, but the account's default one.",
      },
      ...ACCESS_CONFIG,
    },
  },
  decideResource: (facts, config) => decideDocuments(PINNED, facts, config),
  decideStack: (estate, config) => decideAccess(PINNED, estate, config),
};

/** "Can a session be started with a document that is not pinned?" */
function question(documents: readonly GrantedDocument[], config: RuleConfig): Question {
  const configured = textList(config, "documents");
  const pinned =
    configured.length > 0
      ? // The pattern that lists the default document is not always its name.
        [...configured, ...(matchesAny(DEFAULT_DOCUMENT, configured) ? [DEFAULT_DOCUMENT] : [])]
      : documents.flatMap(documentsNamed).filter((name) => name !== DEFAULT_DOCUMENT);
  return iam().sessionWithOtherDocument(pinned.map(documentArn));
}
