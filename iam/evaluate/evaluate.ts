import type { PolicyInput } from "../parse/parsed.ts";
import { combine, type LayerOutcome } from "./combine.ts";
import { compileDocument } from "./compile.ts";
import { type ContextValues, readContext } from "./context.ts";
import type { Evaluation, StatementRef, StatementTrace } from "./evaluation.ts";
import type { Layer, PolicySet, ResourceColons } from "./policy-set.ts";
import type { Request } from "./request.ts";
import { matchStatement } from "./statement.ts";

export interface EvaluateOptions {
  /** See {@link ResourceColons}. Default: `safe`. */
  readonly resourceColons?: ResourceColons;
}

/**
 * Decides one concrete request, and says of every statement why it took part or did not.
 *
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function evaluate(request: Request, policies: PolicySet, options: EvaluateOptions = {}): Evaluation {
  const context = readContext(request.context);
  const colons = options.resourceColons ?? "safe";
  const trace: StatementTrace[] = [];
  const outcome = (layer: Layer, documents: readonly PolicyInput[]): LayerOutcome =>
    evaluateLayer(layer, documents, { request, context, colons, trace });
  const decided = combine(policies, request.principal, outcome);
  return { ...decided, trace };
}

interface Run {
  readonly request: Request;
  readonly context: ContextValues;
  readonly colons: ResourceColons;
  readonly trace: StatementTrace[];
}

function evaluateLayer(layer: Layer, documents: readonly PolicyInput[], run: Run): LayerOutcome {
  const allows: { readonly ref: StatementRef; readonly naming: LayerOutcome["allows"][number]["naming"] }[] =
    [];
  const denies: StatementRef[] = [];
  const mayAllow: string[] = [];
  const mayDeny: string[] = [];
  for (const document of documents) {
    if (document.kind === "unknown") {
      const subject = `document \`${document.name}\`: ${document.reason}`;
      if (document.mayAllow !== false) {
        mayAllow.push(subject);
      }
      if (document.mayDeny !== false) {
        mayDeny.push(subject);
      }
      continue;
    }
    for (const statement of compileDocument(document, layer, run.colons)) {
      const { truth, why, naming } = matchStatement(statement, run.request, run.context);
      const matches = truth === "unknown" ? truth : truth ? "yes" : "no";
      run.trace.push({ statement: statement.ref, matches, why });
      if (truth === true && statement.ref.effect === "Allow") {
        allows.push({ ref: statement.ref, naming });
      } else if (truth === true) {
        denies.push(statement.ref);
      } else if (truth === "unknown") {
        const subject = `\`${statement.ref.document}\` ${why?.path ?? statement.ref.path}`;
        (statement.ref.effect === "Allow" ? mayAllow : mayDeny).push(subject);
      }
    }
  }
  return { layer, allows, denies, mayAllow, mayDeny };
}
