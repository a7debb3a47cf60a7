import type { ParsedDocument, ParsedStatement, PolicyInput, Witness } from "@bastionless/iam";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";

/** How a document speaks of what an agent does: by name, by naming the whole service, or not in particular. */
type Naming = "by name" | "whole service" | "not";

/** Whether a document allows by name what an instance's agent does. */
export function namesInstance(document: PolicyInput): boolean {
  return (
    document.kind === "document" &&
    document.statements.some((statement) => statement.effect === "Allow" && namingOf(statement) === "by name")
  );
}

/** What a document is, as far as it is a machine's. */
export type InstancePolicyAnswer =
  | { readonly kind: "witness"; readonly witness: Witness }
  /** A whole service, or everything, which an administrator's document names. */
  | { readonly kind: "none" }
  | { readonly kind: "undecided"; readonly reasons: readonly string[] };

/**
 * Whether a document is an instance's: it allows what an agent does, by name; or by naming whole services, and then no
 * session, so that nothing else can have been meant.
 *
 * @param published AWS published it: one that allows sessions, too, is made for administrators
 */
export function askInstancePolicy(document: GrantedDocument, published: boolean): InstancePolicyAnswer {
  if (document.kind === "invalid") {
    const problem = document.problems.find(({ severity }) => severity === "error");
    return { kind: "undecided", reasons: [problem?.message ?? "it is not a policy document"] };
  }
  if (document.kind === "unknown") {
    return { kind: "undecided", reasons: [document.reason] };
  }
  const byName = ask(document, ["by name"]);
  const isAdministrators = (): boolean =>
    iam().decide(iam().anySession(), { identity: [document] }).kind === "witness";
  if (byName.kind === "witness") {
    return published && isAdministrators() ? { kind: "none" } : byName;
  }
  const byService = ask(document, ["by name", "whole service"]);
  if (byService.kind === "witness") {
    return isAdministrators() ? { kind: "none" } : byService;
  }
  return byName.kind === "undecided" ? byName : byService;
}

/** The machine's question, of the statements that speak of it in one of these ways, and of every Deny. */
function ask(document: ParsedDocument, ways: readonly Naming[]): InstancePolicyAnswer {
  const statements = document.statements.filter(
    (statement) => statement.effect === "Deny" || ways.includes(namingOf(statement)),
  );
  const { decide, machineIdentity } = iam();
  const answer = decide(machineIdentity(), { identity: [{ ...document, statements }] });
  switch (answer.kind) {
    case "witness":
      return { kind: "witness", witness: answer };
    case "none":
      return { kind: "none" };
    case "undecided":
      return { kind: "undecided", reasons: answer.reasons.map(({ message }) => message) };
  }
}

function namingOf({ action }: ParsedStatement): Naming {
  if (action.negated) {
    return "not";
  }
  const namings = action.patterns.map((pattern): Naming => {
    // A value that is not known yet may be anything: the question is undecided by it.
    return typeof pattern === "string" ? namingOfPattern(pattern.toLowerCase()) : "by name";
  });
  return (
    namings.find((naming) => naming === "by name") ?? namings.find((naming) => naming !== "not") ?? "not"
  );
}

function namingOfPattern(pattern: string): Naming {
  const [service = "", action = ""] = pattern.split(":", 2);
  const start = action.split(/[*?]/, 1)[0] ?? "";
  switch (service) {
    case "ssmmessages":
      return action === "opendatachannel"
        ? "not"
        : start === "" && !action.endsWith("channel")
          ? "whole service"
          : "by name";
    case "ssm":
      return start.startsWith("updateinstance")
        ? "by name"
        : start.length < action.length
          ? "whole service"
          : "not";
    default:
      return "not";
  }
}
