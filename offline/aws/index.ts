import type { LookupAnswer, SimulatedProvider } from "../protocol/provider.ts";
import { Account } from "./account/account.ts";
import { AWS_VERSION, modelOf } from "./catalogue.ts";
import { checkConfiguration, diffConfiguration, settingOf } from "./config/configuration.ts";
import type { Fallback } from "./config/configuration.ts";
import { SimulatedAws } from "./provider.ts";

export { modelledTypes } from "./catalogue.ts";

export interface SimulatedAwsOptions {
  /** The account that everything belongs to: twelve digits. @default "123456789012" */
  readonly account?: string;
  /** The region of providers that name none, before `AWS_REGION` and `AWS_DEFAULT_REGION`. @default none */
  readonly region?: string;
  /** Answers to lookups that the simulation cannot give; they come before its own. @default none */
  readonly answers?: readonly LookupAnswer[];
  /**
   * A file with the state of the account, read and written: documents that are there already, functions that are run. For
   * a provider that really creates. @default none: nothing is there, and nothing stays
   */
  readonly state?: string;
}

/**
 * A provider of `@pulumi/aws` that needs no AWS: it checks inputs as AWS and its provider do, computes outputs as AWS
 * shapes them, and answers the lookups that do not depend on what an account has.
 *
 * @throws Error where `account` is not twelve digits.
 */
export function simulatedAws(options: SimulatedAwsOptions = {}): SimulatedProvider {
  const account = options.account ?? "123456789012";
  if (!/^\d{12}$/u.test(account)) {
    throw new Error(`the account \`${account}\` is not twelve digits: correct it`);
  }
  const fallback: Fallback = { account, region: options.region };
  const answers = options.answers ?? [];
  return {
    name: "aws",
    version: AWS_VERSION,
    knowsType: (type) => modelOf(type) !== undefined,
    checkConfig: (news) => checkConfiguration(news, fallback),
    diffConfig: (olds, news) => diffConfiguration(olds, news),
    configure: (inputs) => new SimulatedAws(settingOf(inputs, fallback), answers, accountOf(options.state)),
  };
}

function accountOf(file: string | undefined): Account | undefined {
  return file === undefined ? undefined : new Account(file);
}
