import * as pulumi from "@pulumi/pulumi";
import { Document } from "@pulumi/aws/ssm/document.js";
import { currentDeployment } from "../core/common.ts";
import { arn, awsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import type { SessionDocumentArgs } from "./args.ts";
import { sessionDocumentContent, type SessionType, sessionTypeOf, withHost } from "./content.ts";
import { planSessionDocument } from "./plan.ts";

/**
 * One Session document: what a session is, and all that whoever may start it can do with it. SessionAccess pins people to
 * documents.
 *
 * @example
 * new SessionDocument("shell", { shell: { logging: logging.preferences, idleTimeoutMinutes: 15 } });
 * new SessionDocument("database", { remotePort: { host: "db.internal", port: 5432 } });
 */
export class SessionDocument extends pulumi.ComponentResource {
  /** Known in a first preview. */
  readonly documentName: pulumi.Output<string>;
  /** Known in a first preview. */
  readonly documentArn: pulumi.Output<string>;
  readonly sessionType: SessionType;
  /** Names of the parameters that whoever starts a session may set. */
  readonly parameters: readonly string[];

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: SessionDocumentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planSessionDocument(name, args, currentDeployment());
    super("bastionless:index:SessionDocument", name, {}, opts);
    const { known } = awsIdentity(this);
    const content = pulumi
      .all([pulumi.output(plan.preferences), plan.host])
      .apply(([preferences, host]) =>
        JSON.stringify(sessionDocumentContent(withHost(plan.content, host), preferences)),
      );
    const document = new Document(
      ...transformed(
        args.transform?.document,
        `${name}-document`,
        {
          name: plan.documentName,
          documentType: "Session",
          documentFormat: "JSON",
          content,
          tags: plan.tags,
        },
        // Content of schema 1.0 is changed by replacing the document, and its name is fixed.
        { parent: this, deleteBeforeReplace: true },
      ),
    );
    this.sessionType = sessionTypeOf(plan.content);
    this.parameters = Object.keys(sessionDocumentContent(plan.content).parameters ?? {});
    // Logging has no part in them.
    this.parameters = Object.keys(sessionDocumentContent(plan.content).parameters ?? {});
    this.documentName = document.name;
    this.documentArn = pulumi
      .all([known, document.name])
      .apply(([at, documentName]) => arn(at, "ssm", `document/${documentName}`));
    this.registerOutputs({ documentName: this.documentName, sessionType: this.sessionType });
  }
}
