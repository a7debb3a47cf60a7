import { PolicyPack } from "@pulumi/policy";
import { Recorder } from "./estate/recorder.ts";
import { readPropertiesLazily } from "./lazy-properties.ts";
import { isCalledFor, packArgs } from "./pack.ts";
import { readWhatIsReadable } from "./readable-properties.ts";
import { RULES } from "./rules/index.ts";
import { showWhereRelevant } from "./rules-shown-where-relevant.ts";
import { showStackOnce } from "./stack-shown-once.ts";
import { isCompiled, keepCompiled, warmUp } from "./warm-up.ts";

const recorder = new Recorder();
readWhatIsReadable();
readPropertiesLazily();
showStackOnce((urn, resources) => recorder.isJoined(urn, resources), keepCompiled);
const args = packArgs(RULES, { recorder });
showWhereRelevant(args.policies, isCalledFor);

// Starts the pack's server: this file is what Pulumi runs, nothing imports it.
// oxlint-disable-next-line no-new -- constructing it is what starts the server
new PolicyPack("bastionless", args);

if (isCompiled()) {
  // What fails here fails again, and is told, when a resource is decided.
  warmUp(RULES).catch(() => undefined);
}
