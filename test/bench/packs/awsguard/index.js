// @pulumi/awsguard as its README starts it: every policy.
const { AwsGuard } = require("@pulumi/awsguard");

new AwsGuard({ all: "mandatory" });
