import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import { type Launch, LAUNCH_FORMS } from "../estate/launch.ts";
import { metadataAnswer, metadataDefault } from "../estate/metadata-service.ts";
import type { ResourceRecord } from "../estate/resource-record.ts";
import { isAbsent } from "../reader/place.ts";
import { toggle } from "./config.ts";
import { distinct } from "./distinct.ts";
import { readSources, TRUSTED_LAUNCH_TEMPLATES } from "./machines/launch-sources.ts";
import type { InputChange, Rule, RuleConfig } from "./rule.ts";
import { readUnmodelled } from "./unmodelled-verdict.ts";
import { type Finding, satisfied, undecided, type Verdict, violation } from "./verdict.ts";

const QUESTION = "whether IMDSv1 answers";

/**
 * The instance metadata service answers with a session token only, or is off.
 *
 * An option that is not set counts as a violation where nothing in the stack sets it: EC2's own default lets IMDSv1
 * answer, and the account's default and the image's, which could say otherwise, are not seen from here. The option on a
 * template holds for what is launched from it, and is told at the template.
 */
export const imdsv2Required: Rule = {
  id: "imdsv2-required",
  displayName: "IMDSv2 required",
  description: "Machines, templates and launch configurations require IMDSv2.",
  severity: "high",
  framework: {
    name: "CIS AWS Foundations Benchmark",
    version: "3.0.0",
    reference: "5.6",
    specification: "The EC2 metadata service only allows IMDSv2.",
  },
  otherFrameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "EC2.8, EC2.170, AutoScaling.3",
      specification: "Instances, launch templates and launch configurations require IMDSv2.",
    },
  ],
  tags: ["machines"],
  remediation:
    'Set `metadataOptions` to `{ httpEndpoint: "enabled", httpTokens: "required" }`, on Image Builder `instanceMetadataOptions` to `{ httpTokens: "required" }`; what has neither, as node groups, fleets and compute environments, launches from a launch template that says so.',
  configSchema: {
    properties: {
      accountRequiresImdsv2: {
        type: "boolean",
        default: false,
        description:
          "Whether the account's own defaults require IMDSv2 in every Region in use, by another stack's doing. Machines that do not say anything then keep this rule.",
      },
      trustedLaunchTemplates: TRUSTED_LAUNCH_TEMPLATES,
    },
  },
  decideResource: (facts) => [
    ...facts.launches.flatMap((launch) => decideLaunch(facts.record, launch)),
    ...readUnmodelled(facts, "metadata-service"),
  ],
  decideStack: (estate, config) =>
    distinct(
      [...estate.facts.values()].flatMap((facts) =>
        facts.launches.flatMap((launch) =>
          decideUnset(estate, facts, launch, config).map((verdict): Finding => ({
            urn: facts.record.urn,
            verdict,
          })),
        ),
      ),
    ),
  remediate,
};

/** What the settings themselves say. Where they say nothing, it takes the stack. */
function decideLaunch({ type }: ResourceRecord, launch: Launch): readonly Verdict[] {
  const answer = metadataAnswer(type, launch);
  switch (answer.kind) {
    case "required":
    case "disabled":
      return [satisfied({ id: "imds-v2-required", by: `\`${answer.path}\`` })];
    case "optional":
      return [violation({ id: "imds-v1-answers", path: answer.path, found: "optional" })];
    case "dropped":
      return [violation({ id: "imds-tokens-dropped", path: answer.path })];
    case "unreadable":
      return [undecided({ id: "unreadable-value", what: QUESTION, cause: answer.cause })];
    case "unset":
      return [];
  }
}

function decideUnset(
  estate: Estate,
  { record }: ResourceFacts,
  launch: Launch,
  config: RuleConfig,
): readonly Verdict[] {
  if (metadataAnswer(record.type, launch).kind !== "unset" || launch.metadataBy === "unread") {
    return [];
  }
  if (launch.sources.length > 0) {
    const { settings, unread } = readSources(estate, record, launch, "imds", QUESTION, config);
    return [...unread, ...settings.flatMap((source) => decideBeside(launch, source))];
  }
  if (launch.metadataBy === "eks") {
    return [undecided({ id: "imds-by-eks" })];
  }
  return [decideByDefault(estate, record, launch, config)];
}

/** What a template says is told there; here, whether it counts. */
function decideBeside(
  { metadata }: Launch,
  { launch, record }: { readonly launch: Launch; readonly record: ResourceRecord },
): readonly Verdict[] {
  const { kind } = metadataAnswer(record.type, launch);
  if (kind !== "required" && kind !== "disabled") {
    return [];
  }
  return isAbsent(metadata)
    ? [satisfied({ id: "imds-v2-required", by: `\`${record.name}\`` })]
    : [undecided({ id: "imds-options-mixed", path: metadata.path, template: record.name })];
}

function decideByDefault(
  estate: Estate,
  record: ResourceRecord,
  launch: Launch,
  config: RuleConfig,
): Verdict {
  const byDefault = metadataDefault(estate, record, launch);
  const answer = metadataAnswer(record.type, launch);
  const path = "path" in answer ? answer.path : "";
  const settable = launch.metadataBy === "form" ? "" : path;
  switch (byDefault.kind) {
    case "account":
      return byDefault.isFirst
        ? satisfied({ id: "imds-v2-required", by: `\`${byDefault.defaults}\`` })
        : undecided({ id: "imds-defaults-unordered", path: settable, defaults: byDefault.defaults });
    case "unreadable":
      return undecided({ id: "unreadable-value", what: QUESTION, cause: byDefault.cause });
    case "image":
    case "none":
  }
  if (toggle(config, "accountRequiresImdsv2")) {
    return satisfied({ id: "imds-v2-required", by: "the account's default, as configuration says," });
  }
  if (byDefault.kind === "image") {
    return undecided({ id: "imds-by-image", path: settable, image: byDefault.image });
  }
  return launch.metadataBy === "form"
    ? violation({ id: "imds-v1-by-form", path: launch.path })
    : violation({ id: "imds-v1-answers", path, found: undefined });
}

/** Types whose own options can be set in place, or whose replacement disturbs nothing. */
const OPTIONS_OF: ReadonlyMap<string, string> = new Map([
  ["aws:ec2/instance:Instance", "metadataOptions"],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", "metadataOptions"],
  ["aws:ec2/launchTemplate:LaunchTemplate", "metadataOptions"],
  ["aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", "instanceMetadataOptions"],
]);

/** IMDSv2 in place of both. What a template decides is changed there. */
function remediate(record: ResourceRecord): readonly InputChange[] {
  const options = OPTIONS_OF.get(record.type);
  const [launch] = LAUNCH_FORMS.get(record.type)?.(record) ?? [];
  if (options === undefined || launch === undefined) {
    return [];
  }
  const { kind } = metadataAnswer(record.type, launch);
  const isOpen =
    kind === "optional" || kind === "dropped" || (kind === "unset" && launch.sources.length === 0);
  const change: InputChange = { path: [options, "httpTokens"], value: "required" };
  if (!isOpen) {
    return [];
  }
  return record.type === "aws:ec2/launchConfiguration:LaunchConfiguration"
    ? [{ path: [options, "httpEndpoint"], value: "enabled" }, change]
    : [change];
}
