import type { RoleArgs } from "@pulumi/aws/iam/role.js";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy.js";
import type { FunctionArgs } from "@pulumi/aws/lambda/function.js";
import type { InvocationArgs } from "@pulumi/aws/lambda/invocation.js";
import type { DocumentArgs } from "@pulumi/aws/ssm/document.js";
import type { Input } from "@pulumi/pulumi";
import type { Tags } from "../core/tags.ts";
import type { Transform } from "../core/transform.ts";
import type { ShellDocumentArgs } from "../documents/args.ts";

/** One entry for each kind of child; `invocation` applies to both. @default none of them is changed */
export interface SessionPreferencesTransforms {
  readonly document?: Transform<DocumentArgs>;
  readonly role?: Transform<RoleArgs>;
  readonly rolePolicy?: Transform<RolePolicyArgs>;
  readonly function?: Transform<FunctionArgs>;
  readonly invocation?: Transform<InvocationArgs>;
}

/**
 * Arguments of SessionPreferences: what a shell is like that is started without naming a document.
 *
 * All of it is free of charge but for the logs: the function that keeps what was there runs twice, seconds long, well
 * within Lambda's free allowance.
 */
export interface SessionPreferencesArgs extends ShellDocumentArgs {
  /**
   * Tags of the owner's, on every resource, beside `Project` (the Pulumi project) and `Environment` (the stack), which
   * they may override. At most 47.
   *
   * @default none
   */
  readonly tags?: Tags;
  /**
   * ARN of the permissions boundary of the function's role.
   * @default none
   */
  readonly permissionsBoundaryArn?: Input<string>;
  /**
   * What the document says of itself: 1 to 512 characters.
   * @default "The account's session preferences, of <project>/<stack>"
   */
  readonly description?: string;
  /**
   * Changes to children that the arguments here do not offer. TypeScript only.
   * @default none
   */
  readonly transform?: SessionPreferencesTransforms;
}
