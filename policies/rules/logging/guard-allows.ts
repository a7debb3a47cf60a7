import type { ParsedStatement, PolicyInput } from "@bastionless/iam";
import { iam } from "../../iam.ts";

/**
 * The statements of a bucket's or key's policy that allow one of the actions to somebody, in words: to whom, and under
 * which conditions. What a policy that is not known allows is not among them.
 */
export function allowsOf(documents: readonly PolicyInput[], actions: readonly string[]): readonly string[] {
  const question = {
    name: "any of these",
    scenarios: actions.map((action) => ({
      name: action,
      checks: [{ name: action, actions: [action], resources: ["*"] }],
    })),
  };
  const { mayAllow } = iam();
  return documents.flatMap((document) =>
    document.kind === "document"
      ? document.statements
          .filter(
            (statement) =>
              statement.effect === "Allow" && mayAllow([{ ...document, statements: [statement] }], question),
          )
          .map(describe)
      : [],
  );
}

function describe({ sid, path, principal, conditions }: ParsedStatement): string {
  const who = (principal?.entries ?? []).map(({ value }) =>
    typeof value === "string" ? `\`${value}\`` : "somebody who is not known yet",
  );
  const keys = [...new Set(conditions.map(({ key }) => `\`${key}\``))];
  return [
    `\`${sid ?? path}\` for ${principal?.negated === true ? "everybody but " : ""}${who.join(", ")}`,
    ...(keys.length === 0 ? [] : [`under conditions on ${keys.join(", ")}`]),
  ].join(" ");
}
