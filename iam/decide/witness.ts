import type { Request, RequestContext } from "../evaluate/request.ts";
import { parseInstant } from "../match/instant.ts";
import { actionVariable, isOpen, type Model, resourceVariable } from "./model.ts";
import type { Assignment } from "./problem.ts";
import type { Leg, Situation } from "./situation.ts";

/** The requests, one for each check, that an assignment stands for; keys under every name that documents use. */
export function requestsOf(
  assignment: Assignment,
  model: Model,
  { legs, situation }: { readonly legs: readonly Leg[]; readonly situation: Situation },
): readonly Request[] {
  return legs.map((leg) => {
    const context: { [key: string]: RequestContext[string] } = {};
    for (const [variable, spellings] of model.spellings) {
      const values = assignment.get(variable);
      // A shared key stands in the requests of all checks, under the names that any of them uses.
      const isShared = variable.startsWith("* ");
      if (values === undefined || values.length === 0) {
        continue;
      }
      for (const { leg: of, key } of spellings) {
        if (isShared || of === leg.index) {
          const shown = values.map((value) => spelled(key, value));
          context[key] = shown.length === 1 && shown[0] !== undefined ? shown[0] : shown;
        }
      }
    }
    return {
      action: isOpen(leg) ? (assignment.get(actionVariable(leg))?.[0] ?? leg.action) : leg.action,
      resource: assignment.get(resourceVariable(leg))?.[0] ?? "*",
      ...(situation.principal === undefined ? {} : { principal: situation.principal }),
      context,
    };
  });
}

function spelled(key: string, value: string): string {
  if (key.toLowerCase() !== "aws:epochtime") {
    return value;
  }
  const instant = parseInstant(value);
  return instant === undefined ? value : String(Math.floor(instant / 1000));
}
