import { PolicyPack } from "@pulumi/policy";
import { Recorder } from "./estate/recorder.ts";
import { readPropertiesLazily } from "./lazy-properties.ts";
import { packArgs } from "./pack.ts";
import { RULES } from "./rules/index.ts";
import { showStackOnce } from "./stack-shown-once.ts";

const recorder = new Recorder();
readPropertiesLazily();
showStackOnce((urn, resources) => recorder.isJoined(urn, resources));

// Starts the pack's server: this file is what Pulumi runs, nothing imports it.
// oxlint-disable-next-line no-new -- constructing it is what starts the server
new PolicyPack("bastionless", packArgs(RULES, { recorder }));
