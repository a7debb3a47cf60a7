import { getAmiOutput } from "@pulumi/aws/ec2/getAmi.js";
import { getParameterOutput } from "@pulumi/aws/ssm/getParameter.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsIdentity } from "../core/identity.ts";
import type { ImagePlan, MachinePlan } from "./machine-plan.ts";
import { withAgent } from "./user-data.ts";

/** The id of the image of a plan: the given one, or the newest of an operating system, looked up for `parent`. */
export function imageIdOf(
  parent: pulumi.Resource,
  image: ImagePlan,
  identity: AwsIdentity,
): pulumi.Input<string> {
  switch (image.kind) {
    case "ami":
      return image.amiId;
    case "latest":
      // Not `value`, which is a secret whatever the parameter holds.
      return getParameterOutput({ name: image.parameter }, { parent }).insecureValue;
    case "search":
      return getAmiOutput(
        {
          owners: [
            identity.partition.apply((partition) => {
              const owner = image.owners[partition];
              if (owner === undefined) {
                throw new Error(
                  `\`os\` is \`${image.os}\`, which nobody is known to publish in the partition \`${partition}\`; give an image of one's own as \`amiId\``,
                );
              }
              return owner;
            }),
          ],
          mostRecent: true,
          filters: [
            { name: "name", values: [image.name] },
            { name: "architecture", values: [image.architecture] },
            { name: "root-device-type", values: ["ebs"] },
            { name: "virtualization-type", values: ["hvm"] },
            { name: "state", values: ["available"] },
          ],
        },
        { parent },
      ).id;
  }
}

/** Whether a newer image is to be left alone. */
export function ignoresNewerImages(image: ImagePlan): boolean {
  return image.kind !== "ami" && !image.follow;
}

/** What machines of a plan boot with; `undefined` where there is nothing to run. */
export function userDataOf(plan: MachinePlan, identity: AwsIdentity): pulumi.Input<string> | undefined {
  const { agent, userData } = plan;
  if (agent === undefined) {
    return userData;
  }
  return pulumi.all([identity.known, userData]).apply(([source, own]) => withAgent(agent, source, own));
}
