/**
 * The executable `pulumi-resource-aws` of the simulation: `node aws.ts`, started by the engine.
 *
 * SIMULATED_AWS_ACCOUNT is the account (twelve digits), SIMULATED_AWS_ANSWERS a file of answers to lookups.
 */
import { simulatedAws } from "../aws/index.ts";
import { readAnswers } from "../cli/answers.ts";
import { runAsPlugin } from "./serve.ts";
import { simulatedService } from "./simulated-service.ts";

const account = process.env["SIMULATED_AWS_ACCOUNT"];
const answersFile = process.env["SIMULATED_AWS_ANSWERS"];

const provider = simulatedAws({
  ...(account === undefined ? {} : { account }),
  ...(answersFile === undefined ? {} : { answers: readAnswers(answersFile) }),
});

await runAsPlugin(simulatedService(provider));
