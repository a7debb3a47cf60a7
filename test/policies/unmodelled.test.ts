import assert from "node:assert/strict";
import { type Power, unmodelledPowers } from "@bastionless/policies/estate/unmodelled.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

/** Types of other providers, or such as contain others, and one power of each that no rule may miss. */
const TYPES: readonly (readonly [type: string, power: Power])[] = [
  ["aws:cloudcontrol/resource:Resource", "permissions"],
  ["aws:cloudformation/stack:Stack", "permissions"],
  ["aws:cloudformation/stackSet:StackSet", "inbound-rules"],
  ["aws:servicecatalog/provisionedProduct:ProvisionedProduct", "session-logs"],
  ["aws-native:iam:Role", "permissions"],
  ["aws-native:iam:ManagedPolicy", "permissions"],
  ["aws-native:iam:UserToGroupAddition", "permissions"],
  ["aws-native:sso:PermissionSet", "permissions"],
  ["aws-native:ec2:SecurityGroup", "inbound-rules"],
  ["aws-native:eks:Nodegroup", "inbound-rules"],
  ["aws-native:ssm:Document", "session-logs"],
  ["aws-native:cloudformation:Stack", "permissions"],
  ["acme:tf:aws_iam_role_policy", "permissions"],
  ["acme:tf:aws_iam_group_membership", "permissions"],
  ["acme:tf:aws_ssoadmin_permission_set_inline_policy", "permissions"],
  ["acme:tf:aws_security_group", "inbound-rules"],
  ["acme:tf:aws_ssm_document", "session-logs"],
  ["aws:index/iamRolePolicy:IamRolePolicy", "permissions"],
  ["aws:index/iamUserPolicyAttachment:IamUserPolicyAttachment", "permissions"],
  ["aws:index/ssoadminPermissionSet:SsoadminPermissionSet", "permissions"],
  ["aws:index/vpcSecurityGroupIngressRule:VpcSecurityGroupIngressRule", "inbound-rules"],
  ["aws:index/ssmDocument:SsmDocument", "session-logs"],
  ["awscc:index/iamManagedPolicy:IamManagedPolicy", "permissions"],
  ["awscc:index/ec2SecurityGroupIngress:Ec2SecurityGroupIngress", "inbound-rules"],
  ["kubernetes:iam.services.k8s.aws/v1alpha1:Role", "permissions"],
  ["kubernetes:iam.aws.m.upbound.io/v1beta1:UserPolicyAttachment", "permissions"],
  ["kubernetes:ec2.aws.upbound.io/v1beta1:SecurityGroupRule", "inbound-rules"],
  ["kubernetes:ssm.aws.crossplane.io/v1alpha1:Document", "session-logs"],
  ["kubernetes:ssoadmin.aws.upbound.io/v1beta1:PermissionSetInlinePolicy", "permissions"],
  ["kubernetes:cloudformation.aws.upbound.io/v1beta1:Stack", "permissions"],
  ["kubernetes:infrastructure.cluster.x-k8s.io/v1beta2:AWSCluster", "inbound-rules"],
  ["aws-native:servicecatalog:CloudFormationProvisionedProduct", "permissions"],
  ["aws-native:ssmquicksetup:ConfigurationManager", "permissions"],
  ["aws-native:cloud9:EnvironmentEc2", "inbound-rules"],
  ["aws-native:elasticbeanstalk:Environment", "inbound-rules"],
  ["acme:tf:aws_cloudformation_stack", "permissions"],
  ["acme:tf:aws_cloudformation_stack_set", "session-logs"],
  ["acme:tf:aws_cloudcontrolapi_resource", "permissions"],
  ["acme:tf:aws_servicecatalog_provisioned_product", "inbound-rules"],
  ["acme:tf:aws_serverlessapplicationrepository_cloudformation_stack", "permissions"],
  ["acme:tf:aws_lightsail_instance_public_ports", "inbound-rules"],
  ["acme:tf:aws_gamelift_fleet", "inbound-rules"],
  ["acme:tf:awscc_ec2_security_group", "inbound-rules"],
  ["acme:tf:awscc_iam_role", "permissions"],
  ["acme:tf:awscc_ssm_document", "session-logs"],
  ["aws:index/cloudformationStack:CloudformationStack", "permissions"],
  ["aws:index/cloud9EnvironmentEc2:Cloud9EnvironmentEc2", "inbound-rules"],
  ["awscc:index/cloudformationStack:CloudformationStack", "permissions"],
  ["awscc:index/servicecatalogCloudformationProvisionedProduct:X", "permissions"],
];

describe("types that the estate does not read", () => {
  it("are known by the powers that they may hold", () => {
    for (const [type, power] of TYPES) {
      assert.ok(unmodelledPowers(type).includes(power), type);
    }
  });

  it("leave every rule about such a power undecided, and never blocked", () => {
    for (const [type, power] of TYPES) {
      const told = runRules(RULES, toStack([{ type, name: "other", props: {} }]));
      const about = RULES.filter((rule) => told.some(({ rule: id }) => id === rule.id));
      assert.ok(about.length > 0, type);
      assert.deepEqual([...new Set(told.map(({ kind }) => kind))], ["undecided"], type);
      if (power === "permissions") {
        const silent = RULES.filter(
          ({ tags, id }) =>
            tags.includes("access") && !tags.includes("logging") && !told.some((each) => each.rule === id),
        );
        assert.deepEqual(
          silent.map(({ id }) => id),
          [],
          type,
        );
      }
    }
  });

  it("are no others: the provider's own types, and what looks alike", () => {
    for (const type of [
      "aws:iam/role:Role",
      "aws:ssm/document:Document",
      "aws-native:iam:RoleSomething",
      "aws:index/iamInstanceProfile:IamInstanceProfile",
      "kubernetes:rbac.authorization.k8s.io/v1:Role",
      "kubernetes:iam.example.com/v1:Role",
      "acme:index:aws_iam_role",
      "acme:tf:aws_cloudformation_type",
      "kubernetes:infrastructure.cluster.x-k8s.io/v1beta2:AWSClusterStaticIdentity",
      "kubernetes:karpenter.sh/v1:NodePool",
    ]) {
      assert.deepEqual(unmodelledPowers(type), [], type);
    }
  });
});
