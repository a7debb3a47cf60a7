import { accountId, organizationId } from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { shaped } from "../core/shaped.ts";
import type { SessionLogArchiveArgs } from "./archive-args.ts";
import { type BucketPlan, planBucket, planKeyDays } from "./plan.ts";

export interface SessionLogArchivePlan extends CommonPlan {
  readonly accountIds: readonly string[];
  readonly organizationId: string | undefined;
  readonly aliasName: string;
  readonly keyRotationDays: number;
  readonly keyDeletionWindowDays: number;
  readonly bucket: BucketPlan;
}

const MOST_ACCOUNTS = 100;

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionLogArchive(
  name: string,
  unchecked: SessionLogArchiveArgs,
  deployment: Deployment,
): SessionLogArchivePlan {
  const problems = problemsOf("SessionLogArchive", name);
  const args = shaped(problems, "SessionLogArchiveArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const { accountIds } = args;
  if (accountIds.length === 0 || accountIds.length > MOST_ACCOUNTS) {
    problems.add("accountIds", `${accountIds.length} accounts`, {
      expected: `1 to ${MOST_ACCOUNTS} accounts`,
      remedy: "name the accounts whose machines log here",
    });
  }
  accountIds.forEach((id, index) => {
    problems.check(`accountIds[${index}]`, id, accountId);
    if (accountIds.indexOf(id) !== index) {
      problems.add(`accountIds[${index}]`, id, {
        expected: "every account once",
        remedy: "leave the second one out",
      });
    }
  });
  problems.check("organizationId", args.organizationId, organizationId);
  const plan: SessionLogArchivePlan = {
    ...common,
    accountIds,
    organizationId: args.organizationId,
    aliasName: `alias/${common.namePrefix}-session-archive`,
    ...planKeyDays(problems, args),
    bucket: planBucket(problems, args),
  };
  problems.throwIfAny();
  return plan;
}
