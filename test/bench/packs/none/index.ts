import { PolicyPack } from "@pulumi/policy";

new PolicyPack("none", { policies: [] });
