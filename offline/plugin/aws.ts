/**
 * The executable `pulumi-resource-aws` of the simulation: `node aws.ts`, started by the engine.
 *
 * SIMULATED_AWS_ACCOUNT is the account (twelve digits), SIMULATED_AWS_ANSWERS a file of answers to lookups,
 * SIMULATED_AWS_STATE a file with the state of the account, which need not be there.
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

const state = process.env["SIMULATED_AWS_STATE"];

const provider = simulatedAws({
  ...(account === undefined ? {} : { account }),
  ...(answersFile === undefined ? {} : { answers: await answersIn(answersFile) }),
  ...(state === undefined ? {} : { state }),
});

await runAsPlugin(simulatedService(provider));
