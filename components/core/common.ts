import * as pulumi from "@pulumi/pulumi";
import { defaultNamePrefix, namePrefix } from "./names.ts";
import { Problems } from "./problems.ts";
import { planTags, type Tags } from "./tags.ts";

/** What every component takes. */
export interface CommonArgs {
  /**
   * What the physical names of all resources start with: 1 to 30 lower-case letters, digits and single hyphens.
   *
   * @default `<project>-<stack>` in lower case, other characters replaced by hyphens
   */
  readonly namePrefix?: string;
  /**
   * Tags of the owner's, on every resource, beside `Project` (the Pulumi project) and `Environment` (the stack), which
   * they may override. At most 47.
   *
   * @default none
   */
  readonly tags?: Tags;
}

/** What a plan needs to know of the deployment it is made in. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
}

export interface CommonPlan {
  readonly namePrefix: string;
  readonly tags: Tags;
}

/** The deployment that is running. */
export function currentDeployment(): Deployment {
  return { project: pulumi.getProject(), stack: pulumi.getStack() };
}

/**
 * Checks and completes what every component takes.
 *
 * @param accessTags further tags of everything, from the argument of that name
 */
export function planCommon(
  problems: Problems,
  args: CommonArgs,
  deployment: Deployment,
  accessTags: Readonly<Record<string, string>> = {},
): CommonPlan {
  const prefix = args.namePrefix ?? defaultNamePrefix(deployment.project, deployment.stack);
  problems.check("namePrefix", prefix, namePrefix);
  return {
    namePrefix: prefix,
    tags: planTags(
      problems,
      { Project: deployment.project, Environment: deployment.stack },
      { ...args.tags, ...accessTags },
      (key) => `${Object.hasOwn(accessTags, key) ? "accessTags" : "tags"}[${JSON.stringify(key)}]`,
    ),
  };
}

/** A collector for the arguments of one component. Its name is the first of them. */
export function problemsOf(component: string, name: string): Problems {
  const problems = new Problems(`${component} \`${name}\``);
  if (typeof name !== "string" || name === "") {
    problems.refuse("name", name, {
      expected: "a text of at least one character, which names the component's resources",
      remedy: `give a name: \`new ${component}("<name>", …)\``,
    });
  }
  return problems;
}
