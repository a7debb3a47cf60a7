import assert from "node:assert/strict";
import { presenceOf } from "@bastionless/policies/estate/presence.ts";
import { unmodelledPowers } from "@bastionless/policies/estate/unmodelled.ts";
import { imdsv2Required } from "@bastionless/policies/rules/imdsv2-required.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const LAUNCHING = ["key-pairs", "metadata-service", "public-addresses"];

/** What of a type's powers is about machines. */
function powersOf(type: string): readonly string[] {
  const machines = new Set<string>([...LAUNCHING, "default-security-groups", "instance-connect-endpoints"]);
  return unmodelledPowers(type)
    .filter((power) => machines.has(power))
    .toSorted();
}

describe("machines in forms that are not read", () => {
  it("are named, in every provider's form", () => {
    for (const type of [
      "aws-native:ec2:Instance",
      "aws-native:autoscaling:AutoScalingGroup",
      "web:tf:aws_instance",
      "web:tf:aws_autoscaling_group",
      "web:tf:awscc_ec2_instance",
      "aws:index/instance:Instance",
      "aws:index/spotFleetRequest:SpotFleetRequest",
      "aws:index/ec2Fleet:Ec2Fleet",
      "awscc:index/ec2LaunchTemplate:Ec2LaunchTemplate",
      "awscc:index/ec2Ec2Fleet:Ec2Ec2Fleet",
      "awscc:index/eksNodegroup:EksNodegroup",
      "aws:elasticbeanstalk/environment:Environment",
      "aws-native:elasticbeanstalk:ConfigurationTemplate",
      "kubernetes:autoscaling.aws.upbound.io/v1beta1:AutoscalingGroup",
      "kubernetes:eks.services.k8s.aws/v1alpha1:Nodegroup",
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
      "kubernetes:infrastructure.cluster.x-k8s.io/v1beta2:AWSMachineTemplate",
      "spotinst:aws/oceanLaunchSpec:OceanLaunchSpec",
    ]) {
      assert.deepEqual(powersOf(type), LAUNCHING, type);
    }
    for (const type of [
      "aws-native:ec2:Eip",
      "net:tf:aws_eip_association",
      "awscc:index/ec2NetworkInterface:Ec2NetworkInterface",
    ]) {
      assert.deepEqual(powersOf(type), ["public-addresses"], type);
    }
    for (const type of [
      "aws-native:ec2:Vpc",
      "net:tf:aws_vpc",
      "net:tf:aws_vpc_security_group_egress_rule",
      "awscc:index/ec2Vpc:Ec2Vpc",
      "awscc:index/ec2SecurityGroupIngress:Ec2SecurityGroupIngress",
    ]) {
      assert.deepEqual(powersOf(type), ["default-security-groups"], type);
    }
  });

  it("are named where SSH keys are put on them without a key pair", () => {
    for (const type of ["aws:glue/devEndpoint:DevEndpoint", "etl:tf:aws_glue_dev_endpoint"]) {
      assert.deepEqual(powersOf(type), ["key-pairs", "public-addresses"], type);
    }
  });

  it("are read of notebooks as far as these say that they want IMDSv2", () => {
    const type = "aws:sagemaker/notebookInstance:NotebookInstance";
    const told = (version: unknown): readonly string[] =>
      runRules(
        [imdsv2Required],
        toStack([
          {
            type,
            name: "notes",
            props: {
              instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: version },
            },
          },
        ]),
      ).map(({ kind }) => kind);
    assert.deepEqual(told("2"), []);
    for (const version of ["1", undefined, { unknown: true }, "3"]) {
      assert.deepEqual(told(version), ["undecided"], JSON.stringify(version));
    }
  });

  it("are not seen in types that only sound like them", () => {
    for (const type of [
      "web:tf:aws_instance_state",
      "net:tf:aws_vpc_endpoint",
      "net:tf:aws_eip_domain_name",
      "aws:index/instanceProfile:InstanceProfile",
      "aws:ec2/vpc:Vpc",
      "aws-native:ec2:VpcEndpoint",
      "random:index/id:Id",
    ]) {
      assert.deepEqual(powersOf(type), [], type);
      assert.equal(presenceOf(type), undefined, type);
    }
  });

  it("are told by being there, where that is enough", () => {
    const types = {
      "aws:ec2/keyPair:KeyPair": "key-pair",
      "web:tf:aws_key_pair": "key-pair",
      "awscc:index/ec2KeyPair:Ec2KeyPair": "key-pair",
      "web:tf:aws_lightsail_key_pair": "key-pair",
      "net:tf:aws_ec2_instance_connect_endpoint": "instance-connect-endpoint",
      "aws:index/ec2InstanceConnectEndpoint:Ec2InstanceConnectEndpoint": "instance-connect-endpoint",
      "awscc:index/ec2InstanceConnectEndpoint:Ec2InstanceConnectEndpoint": "instance-connect-endpoint",
    };
    for (const [type, presence] of Object.entries(types)) {
      assert.equal(presenceOf(type), presence, type);
    }
  });
});
