import type { Estate } from "../estate/estate.ts";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { documentsOf, type StackDocument } from "../estate/session-path.ts";
import { accountOf } from "../estate/whereabouts.ts";
import { iam } from "../iam.ts";
import type { Message } from "../messages/message.ts";
import { statementName } from "./access/access-fix.ts";
import { type AccessQuestion, type AccessRule, readable } from "./access/access-question.ts";
import { ACCESS_CONFIG, decideAccess, decideAfter, decideDocuments } from "./access/access-rule.ts";
import { matchesAny, textList, toggle } from "./config.ts";
import { DEFAULT_DOCUMENT, documentArn } from "./access/document-name.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { scopeOf } from "./access/scope.ts";
import { askTogether } from "./access/session-decision.ts";
import { tellOnceOf } from "./access/tell-once.ts";
import { type Finding, undecided } from "./verdict.ts";

/**
 * AWS's session documents that lead anywhere and are never logged: any port, any command.
 *
 * Source: Systems Manager User Guide, "Start a session"; "Logging isn't available for sessions that connect through port
 * forwarding or SSH".
 */
const NEVER_LOGGED: readonly string[] = [
  "AWS-StartInteractiveCommand",
  "AWS-StartNonInteractiveCommand",
  "AWS-StartPortForwardingSession",
  "AWS-StartPortForwardingSessionToRemoteHost",
  "AWS-StartPortForwardingSessionToSocket",
  "AWS-StartSSHSession",
];

const OF_AWS: AccessRule = {
  requirement: "logged-session",
  questions: (_, { config }) => {
    const names = NEVER_LOGGED.filter((name) => !isAllowed(name, config));
    return names.length === 0 ? [] : [withDocument(names, names)];
  },
};

/**
 * Who should have logged shells has nothing else: tunnels, SSH and free commands leave no log of what went through.
 *
 * Of AWS's own documents, those that take any port or any command are refused, and so is every pattern that covers them.
 * Of the stack's documents, found by their names: tunnels to a port that whoever starts the session chooses, and commands
 * without a log. A tunnel whose document fixes its ports and its host is let through: such a document is made for one
 * purpose, CloudTrail tells who opened it, and what it leads to keeps a log of its own. `allowFixedTunnels: false` refuses
 * these, too; `allowedDocuments` and `tunnelPrincipals` then say what may be used, and by whom.
 *
 * A document of another stack is undecided: it may be a tunnel.
 */
export const noUnloggedSessionPath: Rule = {
  id: "no-unlogged-session-path",
  displayName: "No unlogged session path",
  description:
    "No policy document allows `ssm:StartSession` with a document whose sessions are never logged and lead anywhere.",
  severity: "high",
  tags: ["access", "logging"],
  remediation:
    "Name your own session documents in the Resource of every statement that allows `ssm:StartSession`. For a tunnel make a Port document with a fixed `portNumber` and `host`; give commands a log.",
  configSchema: {
    properties: {
      allowFixedTunnels: {
        type: "boolean",
        default: true,
        description: "Whether Port documents of the stack that fix their ports and their host may be used.",
      },
      allowedDocuments: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of documents that may be used although their sessions are not logged, and of documents of other stacks that are known to log. `*` stands for anything.",
      },
      ...ACCESS_CONFIG,
      tunnelPrincipals: {
        type: "array",
        items: { type: "string" },
        default: [],
        description:
          "Names of roles, users and groups that may have tunnels and commands without a log, in documents of their own; with `scope: principal` also in managed policies that nobody else holds. `*` stands for anything.",
      },
    },
  },
  decideResource: (facts, config) => decideDocuments(OF_AWS, facts, withTunnels(config)),
  decideStack: (estate, config) => {
    const known = withTunnels(config);
    const ofAws = decideAccess(OF_AWS, estate, known);
    const documents = documentsOf(estate);
    const accounts = accountsOf(estate, documents);
    if (accounts.size <= 1) {
      return decideDocumentsOfStack(estate, documents, ofAws, known);
    }
    // People start sessions with documents of their own account: equal names are others' in another.
    return [...accounts, undefined].flatMap((account) =>
      decideDocumentsOfStack(
        estate,
        documents.filter((each) => account === undefined || (each.account ?? account) === account),
        ofAws,
        known,
      ).filter(({ urn }) => accountAt(estate, urn) === account),
    );
  },
};

/** The accounts of documents, and of permissions. */
function accountsOf(estate: Estate, documents: readonly StackDocument[]): ReadonlySet<string> {
  const holders = [...estate.facts.values()].filter(
    ({ grants, attachments }) => grants.length + attachments.length > 0,
  );
  return new Set([
    ...documents.flatMap(({ account }) => account ?? []),
    ...holders.flatMap(({ record }) => accountOf(estate, record) ?? []),
  ]);
}

function accountAt(estate: Estate, urn: string): string | undefined {
  const record = estate.facts.get(urn)?.record;
  return record === undefined ? undefined : accountOf(estate, record);
}

function decideDocumentsOfStack(
  estate: Estate,
  documents: readonly StackDocument[],
  ofAws: readonly Finding[],
  config: RuleConfig,
): readonly Finding[] {
  const ofStack = unlessTold(documentsOfStack(documents), [OF_AWS], config);
  return tellOnceOf(
    tellOnceOf(ofAws, decideAfter(ofStack, estate, config)),
    unsettled(estate, documents, ofStack, config),
  );
}

/** Documents of the stack that leave no log. */
function documentsOfStack(all: readonly StackDocument[]): AccessRule {
  return {
    requirement: "logged-session",
    questions: (_, { config }) => {
      const documents = all.filter(
        (document) => isUnlogged(document, config) && !isAllowed(document.name, config),
      );
      return documents.length === 0 ? [] : [withDocuments(documents)];
    },
  };
}

function isUnlogged({ path }: StackDocument, config: RuleConfig): boolean {
  switch (path.kind) {
    case "logged":
    case "unreadable":
      return false;
    case "commands":
      return true;
    case "tunnel":
      return !path.bounded || config["allowFixedTunnels"] === false;
  }
}

/** Undecided, for policies that admit documents of which the stack does not tell whether they log. */
function unsettled(
  estate: Estate,
  documents: readonly StackDocument[],
  ofStack: AccessRule,
  config: RuleConfig,
): readonly Finding[] {
  const settled = documents
    .filter(({ path }) => path.kind !== "unreadable")
    .map(({ name, place }) => placedArn(documentArn(name), place));
  const known = [
    ...settled,
    ...[...textList(config, "allowedDocuments"), ...NEVER_LOGGED, DEFAULT_DOCUMENT].map(documentArn),
  ];
  const others: AccessRule = {
    requirement: "logged-session",
    questions: () => [{ ...withDocument([], []), question: iam().sessionWithOtherOwnDocument(known) }],
  };
  const rule = unlessTold(others, [OF_AWS, ofStack], config);
  return decideAfter(rule, estate, config).map(({ urn, verdict }) => {
    const found = verdict.kind === "violation" ? witnessOf(verdict.message) : undefined;
    return {
      urn,
      verdict: found === undefined ? verdict : undecided({ id: "session-document-outside", ...found }),
    };
  });
}

/** The document of a witness, and where it is allowed. */
function witnessOf(
  message: Message,
): { readonly path: string; readonly statement: string; readonly document: string } | undefined {
  if (message.id === "session-together") {
    return witnessOf(message.session);
  }
  return message.id === "session-allowed"
    ? { path: message.path, statement: message.statement, document: message.resource }
    : undefined;
}

/** Of several documents with one name, those that are meant: in their own accounts and Regions. */
function withDocuments(documents: readonly StackDocument[]): AccessQuestion {
  const places = new Map(documents.map(({ name }) => [name, documents.filter((each) => each.name === name)]));
  const asked = withDocument([...places.keys()], []);
  const scenarios = asked.question.scenarios.map((scenario) => ({
    ...scenario,
    checks: scenario.checks.map((check) => ({
      ...check,
      resources: check.resources.flatMap((resource) => {
        const [, name = ""] = /:document\/(.*)$/.exec(resource) ?? [];
        const meant = places.get(name) ?? [];
        return meant.length === 0
          ? [resource]
          : [...new Set(meant.map(({ place }) => placedArn(resource, place)))];
      }),
    })),
  }));
  return { ...asked, question: { ...asked.question, scenarios } };
}

/** The ARN of a document where it is, as far as that is known; what is not stays as it is. */
function placedArn(arn: string, place: StackDocument["place"]): string {
  if (place === undefined) {
    return arn;
  }
  const [head, partition, service, region, account, ...rest] = arn.split(":");
  const at = [place.region === "*" ? region : place.region, place.account === "*" ? account : place.account];
  return [head, partition, service, ...at, ...rest].join(":");
}

function withDocument(own: readonly string[], aws: readonly string[]): AccessQuestion {
  return {
    question: iam().sessionWithDocument({ own, aws }),
    about: "document",
    fix: (allowedBy) => ({
      kind: "name-documents",
      statement: statementName(allowedBy),
      option: "allowedDocuments",
    }),
  };
}

/**
 * A rule that asks nothing of documents that others have told of: of which one of their questions has an answer other than
 * "none". Where whole principals are asked, their boundaries have a say in those answers, so nothing is left out.
 */
function unlessTold(rule: AccessRule, others: readonly AccessRule[], config: RuleConfig): AccessRule {
  if (scopeOf(config) === "principal") {
    return rule;
  }
  // Each document is asked more than once: alone, and beside others of its principal.
  const told = new WeakMap<GrantedDocument, boolean>();
  const ask = (documents: readonly GrantedDocument[]): boolean => {
    const asked = readable(documents);
    return others.some((other) =>
      other
        .questions(documents, { config, credentials: undefined })
        .some(({ question }) => askTogether(asked, question).kind !== "none"),
    );
  };
  const isTold = (documents: readonly GrantedDocument[]): boolean => {
    const [only, ...more] = documents;
    if (only === undefined || more.length > 0) {
      return ask(documents);
    }
    const answer = told.get(only) ?? ask(documents);
    told.set(only, answer);
    return answer;
  };
  return {
    ...rule,
    questions: (documents, asking) => (isTold(documents) ? [] : rule.questions(documents, asking)),
  };
}

function isAllowed(name: string, config: RuleConfig): boolean {
  return matchesAny(name, textList(config, "allowedDocuments"));
}

/** Who may have tunnels is exempt. */
function withTunnels(config: RuleConfig): RuleConfig {
  return {
    ...config,
    allowFixedTunnels: config["allowFixedTunnels"] === undefined || toggle(config, "allowFixedTunnels"),
    exemptPrincipals: [...textList(config, "exemptPrincipals"), ...textList(config, "tunnelPrincipals")],
  };
}
