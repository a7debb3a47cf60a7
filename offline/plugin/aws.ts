/**
 * The executable `pulumi-resource-aws` of the simulation: `node aws.ts`, started by the engine.
 *
 * SIMULATED_AWS_ACCOUNT is the account (twelve digits), SIMULATED_AWS_ANSWERS a file of answers to lookups.
 */
import { simulatedAws } from "../aws/index.ts";
import type { LookupAnswer } from "../protocol/provider.ts";
import { runAsPlugin } from "./serve.ts";
import { simulatedService } from "./simulated-service.ts";

/** The reader of YAML is loaded only where there is something to read. */
async function answersIn(file: string): Promise<readonly LookupAnswer[]> {
  const { readAnswers } = await import("../cli/answers.ts");
  return readAnswers(file);
}

const account = process.env["SIMULATED_AWS_ACCOUNT"];
const answersFile = process.env["SIMULATED_AWS_ANSWERS"];

const provider = simulatedAws({
  ...(account === undefined ? {} : { account }),
  ...(answersFile === undefined ? {} : { answers: await answersIn(answersFile) }),
});

await runAsPlugin(simulatedService(provider));
