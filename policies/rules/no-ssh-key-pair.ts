import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { Launch } from "../estate/launch.ts";
import { resolve } from "../estate/reference.ts";
import { readText } from "../reader/read.ts";
import { toggle } from "./config.ts";
import { distinct } from "./distinct.ts";
import { readSources, TRUSTED_LAUNCH_TEMPLATES } from "./machines/launch-sources.ts";
import type { Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

const QUESTION = "whether the machine gets an SSH key pair";

/**
 * No machine is launched with an SSH key pair, and none is there to be launched with.
 *
 * A key works without MFA, without a session's log, and for as long as the machine lives. A key pair of the program
 * counts even where no machine of it names one: it is kept for machines. Keys that user data or an image puts into
 * `authorized_keys` are not looked for: what a script does is not decidable.
 */
export const noSshKeyPair: Rule = {
  id: "no-ssh-key-pair",
  displayName: "No SSH key pair",
  description: "No machine, template or node group is launched with an SSH key pair.",
  severity: "high",
  tags: ["network", "machines"],
  remediation:
    "Leave the key's name out of the machine or template, delete the key pair, and use Session Manager.",
  configSchema: {
    properties: {
      allowKeyPairs: {
        type: "boolean",
        default: false,
        description:
          "Whether key pairs may be there, for other tools. Machines must not have one either way.",
      },
      trustedLaunchTemplates: TRUSTED_LAUNCH_TEMPLATES,
    },
  },
  decideResource: (facts, config) => [
    ...facts.launches.flatMap(namesKey),
    ...decidePresence(facts, config),
    ...readUnmodelled(facts, "key-pairs"),
  ],
  decideStack: (estate, config) =>
    distinct(
      [...estate.facts.values()].flatMap((facts) =>
        facts.launches.flatMap((launch) =>
          decideJoined(estate, facts, launch, config).map((verdict): Finding => ({
            urn: facts.record.urn,
            verdict,
          })),
        ),
      ),
    ),
};

function decidePresence({ presence }: ResourceFacts, config: RuleConfig): readonly Verdict[] {
  switch (presence) {
    case "lightsail-instance":
      return [violation({ id: "key-pair-lightsail" })];
    case "key-pair":
      return toggle(config, "allowKeyPairs") ? [] : [violation({ id: "key-pair-made" })];
    case "instance-connect-endpoint":
    case "lightsail-static-address":
    case undefined:
      return [];
  }
}

/** A key that is named, or something in its place that is no name. One that is not known yet may be the stack's. */
function namesKey({ keyName }: Launch): readonly Verdict[] {
  const key = readText(keyName);
  switch (key.kind) {
    case "absent":
    case "unknown":
      return [];
    case "malformed":
      return [undecided({ id: "unreadable-value", what: QUESTION, cause: key })];
    case "known":
      // Providers take an empty name for none.
      return key.value === "" ? [] : [violation({ id: "key-pair-used", path: keyName.path, key: key.value })];
  }
}

function decideJoined(
  estate: Estate,
  { record }: ResourceFacts,
  launch: Launch,
  config: RuleConfig,
): readonly Verdict[] {
  if (namesKey(launch).length > 0) {
    return [];
  }
  const { keyName } = launch;
  if (readText(keyName).kind === "unknown") {
    const pair = resolve(estate, record, keyName, ["key-pair"]);
    return pair.kind === "unreadable"
      ? [undecided({ id: "unreadable-value", what: QUESTION, cause: pair.cause })]
      : [
          violation({
            id: "key-pair-used",
            path: keyName.path,
            key: pair.kind === "found" ? pair.records.map(({ name }) => name).join(", ") : undefined,
          }),
        ];
  }
  const { unread } = readSources(estate, record, launch, "key-pair", QUESTION, config);
  return unread.length > 0 ? unread : [satisfied({ id: "no-key-pair" })];
}
