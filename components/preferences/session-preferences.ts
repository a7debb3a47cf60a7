import { Document } from "@pulumi/aws/ssm/document.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { arn, awsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import { sessionDocumentContent } from "../documents/content.ts";
import type { SessionPreferencesArgs } from "./args.ts";
import { buildKeeper } from "./keeper.ts";
import { planSessionPreferences, PREFERENCES_DOCUMENT } from "./plan.ts";

/**
 * The account's and Region's own session preferences, the document `SSM-SessionManagerRunShell`: what a session is like
 * that is started without naming a document, as by the console's button.
 *
 * The document may be there already, as soon as anybody opened the page of preferences. It is adopted, and put back by
 * `pulumi destroy`: docs/session-preferences.md says how, and why so. Exactly one stack may own the preferences of an
 * account and Region; a second one is refused by AWS before it touches anything.
 *
 * Between the old document and the new one there are seconds in which sessions start with AWS's own defaults, unlogged.
 *
 * @example
 * new SessionPreferences("preferences", { logging: logging.preferences, idleTimeoutMinutes: 15 });
 */
export class SessionPreferences extends pulumi.ComponentResource {
  /** `SSM-SessionManagerRunShell`. */
  readonly documentName: pulumi.Output<string>;
  /** Known in a first preview. */
  readonly documentArn: pulumi.Output<string>;
  readonly sessionType = "Standard_Stream";
  /** What was there before, as JSON: its contents and tags, or `null`. Destroying puts it back. */
  readonly previous: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionPreferencesArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionPreferences(name, args, currentDeployment());
    super("bastionless:index:SessionPreferences", name, {}, opts);
    const { known } = awsIdentity(this);
    const keeper = buildKeeper(this, name, plan, known, args.transform ?? {});
    const document = new Document(
      ...transformed(
        args.transform?.document,
        `${name}-document`,
        {
          name: PREFERENCES_DOCUMENT,
          documentType: "Session",
          documentFormat: "JSON",
          content: pulumi
            .output(plan.logging)
            .apply((logging) => JSON.stringify(sessionDocumentContent(plan.content, logging))),
          tags: plan.tags,
        },
        // Content of schema 1.0 is changed by replacing the document, and its name is fixed.
        { parent: this, deleteBeforeReplace: true, dependsOn: [keeper.cleared] },
      ),
    );
    this.documentName = document.name;
    this.documentArn = pulumi
      .all([known, document.name])
      .apply(([at, documentName]) => arn(at, "ssm", `document/${documentName}`));
    this.previous = keeper.previous;
    this.registerOutputs({ documentName: this.documentName, previous: this.previous });
  }
}
