import { PolicyPack } from "@pulumi/policy";
import { packArgs } from "./pack.ts";

// Starts the pack's server: this file is what Pulumi runs, nothing imports it.
// oxlint-disable-next-line no-new -- constructing it is what starts the server
new PolicyPack("bastionless", packArgs());
