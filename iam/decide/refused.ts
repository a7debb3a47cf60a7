import type { PolicySet } from "../evaluate/policy-set.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { parsePolicyDocument } from "../parse/parse-document.ts";
import type { ParsedDocument } from "../parse/parsed.ts";
import type { Answer, DecideOptions } from "./answer.ts";
import { goalsToAllowMore, Layers } from "./goal.ts";
import type { Question } from "./question.ts";
import { inEveryReading } from "./readings.ts";
import { answerQuestion } from "./run.ts";

/**
 * Is there a request, within the question's constraints, that the documents do **not** allow?
 *
 * The counterpart of {@link import("./decide.ts").decide}: `none` says that every such request is allowed. A `witness`
 * has been replayed, and its evaluation says why it is refused; no statement allows it.
 */
export function decideRefused(question: Question, policies: PolicySet, options: DecideOptions = {}): Answer {
  const candidate: PolicySet = { identity: [everythingAllowed()] };
  return inEveryReading(options.resourceColons ?? "safe", [policies], (colons) =>
    answerQuestion(question, options, {
      layers: (relevant) => [new Layers(candidate, colons, relevant), new Layers(policies, colons, relevant)],
      goals: ([first, second], principal) =>
        first === undefined || second === undefined ? [] : goalsToAllowMore(first, second, principal),
      replay: (request) => {
        const evaluation = evaluate(request, policies, { resourceColons: colons });
        const { decision } = evaluation;
        return { evaluation, holds: decision === "explicit-deny" || decision === "implicit-deny" };
      },
    }),
  );
}

const everything: { document?: ParsedDocument } = {};

/** Read once: what is compiled of a document is kept with it. */
function everythingAllowed(): ParsedDocument {
  if (everything.document === undefined) {
    const parsed = parsePolicyDocument(
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
      { name: "everything" },
    );
    if (parsed.kind !== "parsed") {
      throw new Error("a document that allows everything cannot be read");
    }
    everything.document = parsed.document;
  }
  return everything.document;
}
