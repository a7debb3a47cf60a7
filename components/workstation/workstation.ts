import { Volume } from "@pulumi/aws/ebs/volume.js";
import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
import { VolumeAttachment } from "@pulumi/aws/ec2/volumeAttachment.js";
import { Policy } from "@pulumi/aws/iam/policy.js";
import { getParameterOutput } from "@pulumi/aws/ssm/getParameter.js";
import { Parameter } from "@pulumi/aws/ssm/parameter.js";
import * as pulumi from "@pulumi/pulumi";
import { currentDeployment } from "../core/common.ts";
import { type AwsIdentity, awsIdentity } from "../core/identity.ts";
import { policyJson, type PolicyStatement } from "../core/policy-document.ts";
import { type Transform, transformed } from "../core/transform.ts";
import { SessionDocument } from "../documents/session-document.ts";
import { BastionlessInstance } from "../instance/bastionless-instance.ts";
import { PORT_PARAMETERS } from "../instance/session-commands.ts";
import type { WorkstationArgs, WorkstationTransform } from "./args.ts";
import { notebookSteps, type NotebookSteps } from "./notebook-steps.ts";
import { planWorkstation, type WorkstationPlan } from "./plan.ts";
import { NOTEBOOK_PORT, setupScript } from "./setup-script.ts";
import { machineStatements, parameterArn, peopleStatements, type TokenFacts } from "./statements.ts";
import { VOLUME_DEVICE } from "./volume-script.ts";

/**
 * A machine for notebooks: a {@link BastionlessInstance} on which JupyterLab listens on 127.0.0.1 alone, reached through
 * a tunnel of Session Manager to that one port.
 *
 * The machine makes its token at the first boot and puts it into Parameter Store as a SecureString: it is neither in user
 * data nor in Pulumi's state. Notebooks are kept in `/data/notebooks`, on an encrypted volume of its own that outlives the
 * machine. It stops when nobody works on it.
 *
 * The image is looked up once: a machine that is replaced has the one that the first one had. A newer one is taken in an
 * update in which `transform.instance` is a function that sets `opts.ignoreChanges = []`.
 *
 * The first boot takes some minutes, with `pytorch` about ten: it downloads packages. A change of `environment`,
 * `packages` or another argument that the setup is made of replaces the machine and keeps the volume. What people install
 * themselves is on the root volume and goes with the machine. What is done in a notebook is in no session log: tunnels
 * are never logged.
 *
 * @example
 * const lab = new Workstation("lab", { network, environment: "data-science", idleStopMinutes: 30 });
 * export const { steps } = lab;
 */
export class Workstation extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** The machine's own group: no ingress. A database that notebooks may reach admits this one. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly volumeId: pulumi.Output<string>;
  /** The SecureString that holds the token, some minutes after the first boot. */
  readonly tokenParameterName: string;
  readonly tokenParameterArn: pulumi.Output<string>;
  /** A managed policy for people: to read the token, and to start the machine. The tunnel is SessionAccess's to give. */
  readonly usePolicyArn: pulumi.Output<string>;
  /** The document for the tunnel to Jupyter, for `SessionAccess`. */
  readonly document: SessionDocument;
  /** The tags that access is conditioned on, for `SessionAccess`. */
  readonly accessTags: Readonly<Record<string, string>>;
  /** A command that opens a shell. */
  readonly connect: pulumi.Output<string>;
  /** Commands from a machine that may be stopped to a notebook in the browser. */
  readonly steps: pulumi.Output<NotebookSteps>;

  /** @throws pulumi.InputPropertiesError with every bad argument at once, before anything is registered. */
  constructor(name: string, args: WorkstationArgs, opts?: pulumi.ComponentResourceOptions) {
    const plan = planWorkstation(name, args, currentDeployment());
    super("bastionless:index:Workstation", name, {}, opts);
    const transform = args.transform ?? {};
    const identity = awsIdentity(this);
    const { tokenParameterName } = plan.setup;
    const facts = (known: TokenFacts["identity"]): TokenFacts => ({
      identity: known,
      parameterName: tokenParameterName,
      accessTags: plan.accessTags,
      requireMfa: plan.requireMfa,
    });
    const policy = (
      what: string,
      description: string,
      statements: (facts: TokenFacts) => readonly PolicyStatement[],
    ): Policy =>
      new Policy(
        ...transformed(
          transform.policy,
          `${name}-${what}`,
          {
            name: `${plan.physicalName}-${what}`,
            description,
            policy: identity.known.apply((known) => policyJson(statements(facts(known)))),
            tags: plan.tags,
          },
          { parent: this },
        ),
      );

    const parameter = new Parameter(
      ...transformed(
        transform.tokenParameter,
        `${name}-token`,
        {
          name: tokenParameterName,
          description: `Token of the notebooks on ${plan.physicalName}, put by the machine at its first boot`,
          type: "SecureString",
          // Write-only: what the machine puts there is neither read back into the state nor overwritten.
          valueWo: "the machine has not put its token here yet",
          valueWoVersion: 1,
          tags: plan.tags,
        },
        { parent: this },
      ),
    );
    const machinePolicy = policy("put-token", `Lets ${plan.physicalName} put its token`, machineStatements);
    const instance = this.#machine(name, plan, transform, identity, parameter, machinePolicy.arn);
    const volume = this.#volume(name, plan, transform, instance);
    this.document = new SessionDocument(
      `${name}-notebook`,
      {
        ...(args.namePrefix === undefined ? {} : { namePrefix: args.namePrefix }),
        tags: plan.tags,
        description: `A tunnel to the notebooks on ${plan.physicalName}`,
        port: { port: NOTEBOOK_PORT, localPort: plan.localPort },
        ...(transform.document === undefined ? {} : { transform: { document: transform.document } }),
      },
      { parent: this },
    );

    this.instanceId = instance.instanceId;
    this.roleName = instance.roleName;
    this.roleArn = instance.roleArn;
    this.securityGroupId = instance.securityGroupId;
    this.volumeId = volume.id;
    this.tokenParameterName = tokenParameterName;
    this.tokenParameterArn = identity.known.apply((known) => parameterArn(known, tokenParameterName));
    this.usePolicyArn = policy("use", `Lets people use ${plan.physicalName}`, peopleStatements).arn;
    this.accessTags = plan.accessTags;
    this.connect = instance.connect;
    const parameters = PORT_PARAMETERS.filter((known) => this.document.parameters.includes(known));
    this.steps = pulumi
      .all([instance.instanceId, identity.region, this.document.documentName])
      .apply(([instanceId, region, documentName]) =>
        notebookSteps(
          { instanceId, region },
          { name: documentName, parameters },
          tokenParameterName,
          plan.localPort,
        ),
      );
    this.registerOutputs({
      instanceId: this.instanceId,
      roleName: this.roleName,
      roleArn: this.roleArn,
      securityGroupId: this.securityGroupId,
      volumeId: this.volumeId,
      tokenParameterName: this.tokenParameterName,
      tokenParameterArn: this.tokenParameterArn,
      usePolicyArn: this.usePolicyArn,
      documentName: this.document.documentName,
      accessTags: this.accessTags,
      connect: this.connect,
      steps: this.steps,
    });
  }

  #machine(
    name: string,
    plan: WorkstationPlan,
    transform: WorkstationTransform,
    identity: AwsIdentity,
    parameter: Parameter,
    policyArn: pulumi.Output<string>,
  ): BastionlessInstance {
    const { imageParameter } = plan;
    // What is not the machine's is no transform of it.
    const {
      dataVolume: _volume,
      document: _document,
      policy: _policy,
      tokenParameter: _token,
      volumeAttachment: _attachment,
      ...machine
    } = transform;
    return new BastionlessInstance(
      name,
      {
        ...plan.instance,
        ...(imageParameter === undefined
          ? {}
          : { amiId: getParameterOutput({ name: imageParameter }, { parent: this }).insecureValue }),
        policyArns: [policyArn, ...(plan.instance.policyArns ?? [])],
        // By its output: before the parameter is there, the machine would make one, which Pulumi would then find taken.
        userData: pulumi
          .all([identity.region, parameter.name])
          .apply(([region, tokenParameterName]) =>
            setupScript({ ...plan.setup, tokenParameterName }, region),
          ),
        transform: { ...machine, instance: stopping(transform.instance, imageParameter !== undefined) },
      },
      { parent: this },
    );
  }

  #volume(
    name: string,
    plan: WorkstationPlan,
    transform: WorkstationTransform,
    instance: BastionlessInstance,
  ): Volume {
    const { dataVolume } = plan;
    const volume = new Volume(
      ...transformed(
        transform.dataVolume,
        `${name}-data`,
        {
          availabilityZone: instance.availabilityZone,
          encrypted: true,
          type: "gp3",
          size: dataVolume.gib,
          ...(dataVolume.kmsKeyArn === undefined ? {} : { kmsKeyId: dataVolume.kmsKeyArn }),
          ...(dataVolume.snapshotId === undefined ? {} : { snapshotId: dataVolume.snapshotId }),
          finalSnapshot: dataVolume.end === "snapshot",
          tags: { ...plan.tags, Name: `${plan.physicalName}-data` },
        },
        {
          parent: this,
          // A volume cannot leave its zone. While the machine is replaced its zone is unknown, which must not replace this.
          ignoreChanges: ["availabilityZone"],
          retainOnDelete: dataVolume.end === "retain",
        },
      ),
    );
    new VolumeAttachment(
      ...transformed(
        transform.volumeAttachment,
        `${name}-data`,
        {
          deviceName: VOLUME_DEVICE,
          instanceId: instance.instanceId,
          volumeId: volume.id,
          // So that nothing writes on it when it is taken away.
          stopInstanceBeforeDetaching: true,
        },
        // One machine at a time: the old one lets go before the new one takes it.
        { parent: this, deleteBeforeReplace: true },
      ),
    );
    return volume;
  }
}

/** An instance whose own shutdown stops it, and that keeps its image where that is looked up here. */
function stopping(
  transform: Transform<InstanceArgs> | undefined,
  looksUpImage: boolean,
): Transform<InstanceArgs> {
  return (args, opts, name) => {
    args.instanceInitiatedShutdownBehavior = "stop";
    if (looksUpImage) {
      opts.ignoreChanges = [...(opts.ignoreChanges ?? []), "ami"];
    }
    if (typeof transform === "function") {
      transform(args, opts, name);
    } else {
      Object.assign(args, transform);
    }
  };
}
