import { Association } from "@pulumi/aws/ssm/association.js";
import { Document } from "@pulumi/aws/ssm/document.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { arn, awsIdentity } from "../core/identity.ts";
import { transformed } from "../core/transform.ts";
import type { CommandDocumentArgs } from "./args.ts";
import { type CommandDocumentPlan, planCommandDocument } from "./plan.ts";
import { sendCommand } from "./send-command.ts";

/**
 * One Command document: what may be run on a fleet, and how: on machines with which tags, on how many at once, until how
 * many failures, and with its output in the environment's logs.
 *
 * Whoever may run it is root on its machines as far as its steps go: pin people to documents (SessionAccess), and let
 * parameters admit as little as they can. The limits stand in `command` and in the association; somebody who may run the
 * document may run it with others.
 *
 * @example
 * new CommandDocument("health", { healthCheck: { services: ["nginx"] }, instanceTags: app.accessTags, logging: logging.preferences });
 */
export class CommandDocument extends pulumi.ComponentResource {
  /** Known in a first preview. */
  readonly documentName: pulumi.Output<string>;
  /** Known in a first preview. */
  readonly documentArn: pulumi.Output<string>;
  /** The command that runs it, with its limits and its output in the logs. */
  readonly command: pulumi.Output<string>;
  /** Names of the parameters that whoever runs it may set. */
  readonly parameters: readonly string[];
  /** Undefined without `association`. */
  readonly associationId: pulumi.Output<string> | undefined;

  /** @throws pulumi.InputPropertiesError with every bad argument, before anything is registered. */
  constructor(name: string, args: CommandDocumentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const plan = planCommandDocument(name, args, currentDeployment());
    super("bastionless:index:CommandDocument", name, {}, opts);
    const { known, region } = awsIdentity(this);
    const document = new Document(
      ...transformed(
        args.transform?.document,
        `${name}-document`,
        {
          name: plan.documentName,
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: JSON.stringify(plan.content),
          tags: plan.tags,
        },
        { parent: this, deleteBeforeReplace: true },
      ),
    );
    const { s3BucketName, cloudWatchLogGroupName } = plan.logging;
    const s3KeyPrefix = `${plan.logging.s3KeyPrefix === undefined ? "" : `${plan.logging.s3KeyPrefix}/`}commands/${plan.documentName}`;
    this.documentName = document.name;
    this.documentArn = pulumi
      .all([known, document.name])
      .apply(([at, documentName]) => arn(at, "ssm", `document/${documentName}`));
    this.parameters = Object.keys(plan.content.parameters ?? {});
    this.command = pulumi
      .all([region, document.name, s3BucketName, cloudWatchLogGroupName])
      .apply(([at, documentName, bucket, group]) =>
        sendCommand({
          documentName,
          region: at,
          instanceTags: plan.instanceTags,
          maxConcurrency: plan.maxConcurrency,
          maxErrors: plan.maxErrors,
          deliveryTimeoutSeconds: plan.deliveryTimeoutSeconds,
          s3BucketName: bucket,
          s3KeyPrefix,
          cloudWatchLogGroupName: group,
          required: plan.required,
        }),
      );
    this.associationId = this.#association(name, args, plan, document, region, s3KeyPrefix)?.associationId;
    this.registerOutputs({
      documentName: this.documentName,
      documentArn: this.documentArn,
      command: this.command,
    });
  }

  #association(
    name: string,
    args: CommandDocumentArgs,
    plan: CommandDocumentPlan,
    document: Document,
    region: pulumi.Output<string>,
    s3KeyPrefix: string,
  ): Association | undefined {
    const { association } = plan;
    if (association === undefined || plan.logging.s3BucketName === undefined) {
      return undefined;
    }
    return new Association(
      ...transformed(
        args.transform?.association,
        `${name}-association`,
        {
          name: document.name,
          associationName: plan.documentName,
          targets: Object.entries(plan.instanceTags).map(([key, value]) => ({
            key: `tag:${key}`,
            values: [value],
          })),
          maxConcurrency: plan.maxConcurrency,
          maxErrors: plan.maxErrors,
          outputLocation: { s3BucketName: plan.logging.s3BucketName, s3KeyPrefix, s3Region: region },
          ...(association.scheduleExpression !== undefined && {
            scheduleExpression: association.scheduleExpression,
          }),
          applyOnlyAtCronInterval: association.onlyAtSchedule,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
  }
}
