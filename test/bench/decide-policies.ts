/** Asks every session question of every policy of a folder, in one process: `node decide-policies.ts FOLDER`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decide, parsePolicyDocument } from "@bastionless/iam";
import { SESSION_QUESTIONS } from "../iam/support/session-questions.ts";

const [folder = "."] = process.argv.slice(2);
const answers = { witness: 0, none: 0, undecided: 0, budget: 0, refused: 0 };
for (const file of readdirSync(folder).toSorted()) {
  const parsed = parsePolicyDocument(readFileSync(join(folder, file), "utf8"), { kind: "identity" });
  if (parsed.kind !== "parsed") {
    answers.refused += 1;
    continue;
  }
  for (const question of SESSION_QUESTIONS) {
    const answer = decide(question, { identity: [parsed.document] });
    answers[answer.kind] += 1;
    if (answer.kind === "undecided" && answer.reasons.some(({ code }) => code === "budget")) {
      answers.budget += 1;
    }
  }
}
process.stdout.write(`${JSON.stringify(answers)}\n`);
