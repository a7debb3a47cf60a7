import type { Input } from "@pulumi/pulumi";
import { matching, text } from "../core/checks.ts";
import { type Deployment, problemsOf } from "../core/common.ts";
import type { SessionPreferences as Logging } from "../core/session-preferences.ts";
import { shaped } from "../core/shaped.ts";
import { planTags, type Tags } from "../core/tags.ts";
import type { ShellContent } from "../documents/content.ts";
import { planPreferences, planShell } from "../documents/plan.ts";
import type { SessionPreferencesArgs } from "./args.ts";

/** The document that holds the preferences: AWS gives one to an account and Region, under this name. */
export const PREFERENCES_DOCUMENT = "SSM-SessionManagerRunShell";

/**
 * The function's name, fixed on purpose: where a second program wants the same preferences, AWS refuses it the function,
 * before anything is touched.
 */
export const KEEPER_NAME = "bastionless-session-preferences";

export interface SessionPreferencesPlan {
  readonly tags: Tags;
  readonly content: ShellContent;
  readonly logging: Logging;
  readonly permissionsBoundaryArn: Input<string> | undefined;
}

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionPreferences(
  name: string,
  unchecked: SessionPreferencesArgs,
  deployment: Deployment,
): SessionPreferencesPlan {
  const problems = problemsOf("SessionPreferences", name);
  const args = shaped(problems, "SessionPreferencesArgs", unchecked);
  problems.check("description", args.description, text(512));
  const description =
    args.description ?? `The account's session preferences, of ${deployment.project}/${deployment.stack}`;
  const plan: SessionPreferencesPlan = {
    tags: planTags(problems, { Project: deployment.project, Environment: deployment.stack }, args.tags),
    content: planShell(problems, args, description, ""),
    logging: planPreferences(problems, "logging", args.logging),
    permissionsBoundaryArn:
      args.permissionsBoundaryArn === undefined
        ? undefined
        : problems.input(
            "permissionsBoundaryArn",
            args.permissionsBoundaryArn,
            matching(
              /^arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/,
              "the ARN of a managed policy",
            ),
          ),
  };
  problems.throwIfAny();
  return plan;
}
