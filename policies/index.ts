import { PolicyPack } from "@pulumi/policy";
import { Recorder } from "./estate/recorder.ts";
import { readPropertiesLazily } from "./lazy-properties.ts";
import { isCalledFor, packArgs } from "./pack.ts";
import { readWhatIsReadable } from "./readable-properties.ts";
import { RULES } from "./rules/index.ts";
import { showWhereRelevant } from "./rules-shown-where-relevant.ts";
import { showStackOnce } from "./stack-shown-once.ts";

const recorder = new Recorder();
readWhatIsReadable();
readPropertiesLazily();
showStackOnce((urn, resources) => recorder.isJoined(urn, resources));
const args = packArgs(RULES, { recorder });
showWhereRelevant(args.policies, isCalledFor);

// Starts the pack's server: this file is what Pulumi runs, nothing imports it.
// oxlint-disable-next-line no-new -- constructing it is what starts the server
new PolicyPack("bastionless", args);
