import { EXEMPTIONS } from "@bastionless/policies/exemptions/policy.ts";
import { packArgs } from "@bastionless/policies/pack.ts";
import type { Example } from "@bastionless/policies/rules/examples/example.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { UNUSED_EXEMPTIONS } from "@bastionless/policies/exemptions/unused.ts";
import { SUMMARY } from "@bastionless/policies/summary/policy.ts";
import type { PolicyComplianceFramework, PolicyConfigSchema } from "@pulumi/policy";
import { runRules, type Told } from "../policies/support/run-rules.ts";
import { toStack } from "../policies/support/stack.ts";
import { code, escape, paragraphs, table } from "./markdown.ts";
import type { GeneratedFolder } from "./pages.ts";

/** A page for every rule and the table of them, from what the rules say of themselves and what their examples come to. */
export function policyPages(): GeneratedFolder {
  return {
    folder: "docs/policies",
    pages: new Map([
      ["README.md", index()],
      ...RULES.map((rule): readonly [string, string] => [`${rule.id}.md`, page(rule)]),
    ]),
  };
}

const GENERATED = "<!-- Written by `npm run docs`: change the rule, not this file. -->";

function index(): string {
  return paragraphs([
    "# Policies",
    GENERATED,
    "What the pack in [policies/](../../policies/README.md) decides. Each page has the rule's configuration, and examples with what the rule says of them.",
    table(
      ["policy", "severity", "level", "what must hold", "controls"],
      RULES.map((rule) => [
        `[\`${rule.id}\`](${rule.id}.md)`,
        rule.severity,
        levels(rule),
        rule.description,
        controls(rule).map(controlText).join("; "),
      ]),
    ),
    "Every policy has its level, `undecided` and its own properties in the file of `--policy-pack-config`. A level is `mandatory`, `advisory` or `disabled`; where the table says so also `remediate`, which changes a resource's inputs so that they hold, before anything else sees them.",
    "## What is not looked at",
    "What is of a type that rules do not read, and holds the same power, is reported as undecided. These are not looked at at all:",
    [
      "- what a program or a command does by itself: `command:remote`, dynamic providers, user data;",
      "- commands that a stack has machines run, `aws.ssm.Association` and `aws.ssm.MaintenanceWindowTask`, and where their output goes (`outputLocation`, `outputS3Bucket`): infrastructure without a person behind the call, and so without MFA and without a session. Who may make and change them is access, which [side-doors-guarded](side-doors-guarded.md) asks, as it asks the role that a task runs with;",
      "- service control policies, session policies and the policies of VPC endpoints, which may refuse more than is told here;",
      "- resources of other stacks, which are undecided where a rule needs them, and configuration vouches for.",
    ].join("\n"),
    "## Around the rules",
    ...around(),
  ]);
}

/** The policies of the pack that are no rules. */
function around(): readonly string[] {
  return packArgs([]).policies.flatMap((policy) => {
    const text = AROUND.get(policy.name);
    if (text === undefined) {
      throw new Error(`the policy \`${policy.name}\` has no text in docs/policy-pages.ts`);
    }
    const { configSchema: schema } = policy;
    return [`### \`${policy.name}\``, ...text, ...(schema === undefined ? [] : [properties(schema)])];
  });
}

const EXEMPTION_FILE = `\`\`\`yaml
exemptions:
  - rule: no-inbound-admin-ports
    urn: "urn:pulumi:prod::*::aws:ec2/securityGroup:SecurityGroup::appliance"
    reason: The vendor replaces the appliance in spring (OPS-123).
    expires: 2027-03-31
\`\`\``;

const AROUND: ReadonlyMap<string, readonly string[]> = new Map([
  [
    EXEMPTIONS,
    [
      "A finding that is known and accepted for a while is exempted, in a file that is checked in beside the program:",
      EXEMPTION_FILE,
      "Every entry has all four. `*` in the URN stands for anything, so that one file serves several stacks; `expires` is the last day on which the entry counts, in UTC, and at most two years away: what is to last belongs in the configuration of its rule. The file is named by `file`, or the entries stand in `entries`: in the file of `--policy-pack-config`, with `pulumi preview`, `pulumi policy analyze` and `npm run preview` alike, and in the pack's configuration in Pulumi Cloud. Nothing else is looked for: whoever may change a pack's configuration decides what is exempt, not an environment variable.",
      "An exempted finding is not reported, and stands in the summary with its reason and end. One that is undecided is exempted as well, also where `undecided` is `block`; a fault of the pack itself never is. A rule mends nothing that is exempt. What is expired counts no more and is reported, as is what no finding needs, in every stack that its URN can be about. An entry that is wrong (a missing reason, an unknown rule or key, a date that is none) is a finding at the level of this policy, all of them at once and each with its place; until it is mended nothing is exempt.",
    ],
  ],
  [
    UNUSED_EXEMPTIONS,
    [
      "Tells after all rules, as findings of `exemptions`, which of them no finding needed: an advisory each. Disabled, only that is left out.",
    ],
  ],
  [
    SUMMARY,
    [
      "How many questions were proved, refuted, undecided and exempted, by rule, and which resources are behind all that is not proved. Told last, as an advisory on the stack: a pack has no other way to say something. Because Pulumi marks a stack with anything reported, one of which everything is proved has no summary unless `show` is `always`.",
      "It also tells of a resource, once, which of its values is not known before the deployment and which rules that stops: an advisory on the resource, in place of one of every rule. Where a value stops one rule only, that rule says so itself; so does one whose `undecided` is `block`, and so do all where this policy is `disabled`.",
    ],
  ],
]);

function page(rule: Rule): string {
  const examples = EXAMPLES.get(rule.id) ?? [];
  const kept = examples.filter((example) => Object.keys(example.expect).length === 0);
  const refuted = examples.filter((example) => outcomes(example).includes("violation"));
  const open = examples.filter((example) => !kept.includes(example) && !refuted.includes(example));
  return paragraphs([
    `# ${rule.displayName}`,
    GENERATED,
    rule.description,
    table(
      ["", ""],
      [
        ["policy", `\`${rule.id}\``],
        ["severity", rule.severity],
        ["level", levels(rule)],
        ["tags", rule.tags.join(", ")],
        ...controls(rule).map((control) => ["control", `${controlText(control)}: ${control.specification}`]),
      ],
    ),
    "## What to do",
    rule.remediation,
    ...(rule.remediate === undefined
      ? []
      : ["At the level `remediate` the policy does so itself where one resource's inputs are enough."]),
    "## Configuration",
    properties(configSchema(rule)),
    ...section("Kept", rule, kept),
    ...section("Violated", rule, refuted),
    ...section("Undecided", rule, open),
  ]);
}

function outcomes(example: Example): readonly string[] {
  return Object.values(example.expect);
}

/** The schema as Pulumi is told it, with what every rule has. */
function configSchema(rule: Rule): PolicyConfigSchema {
  const policy = packArgs([rule]).policies.find(({ name }) => name === rule.id);
  if (policy?.configSchema === undefined) {
    throw new Error(`the policy \`${rule.id}\` has no configuration`);
  }
  return policy.configSchema;
}

function levels(rule: Rule): string {
  const level = rule.enforcementLevel ?? "mandatory";
  return rule.remediate === undefined ? level : `${level}, or remediate`;
}

function controls(rule: Rule): readonly PolicyComplianceFramework[] {
  return [...(rule.framework === undefined ? [] : [rule.framework]), ...(rule.otherFrameworks ?? [])];
}

function controlText({ name, version, reference }: PolicyComplianceFramework): string {
  return `${name} ${version}: ${reference}`;
}

function properties(schema: PolicyConfigSchema): string {
  return table(
    ["property", "type", "default", ""],
    Object.entries(schema.properties)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, property]) => [
        `\`${name}\``,
        property.enum === undefined
          ? typeName(property)
          : property.enum.map((value) => `\`${JSON.stringify(value)}\``).join(", "),
        property.default === undefined ? "" : `\`${JSON.stringify(property.default)}\``,
        property.description ?? "",
      ]),
  );
}

function typeName(property: PolicyConfigSchema["properties"][string]): string {
  const type = [property.type ?? "any"].flat().join(" or ");
  const { items } = property;
  return type === "array" && typeof items === "object" && !Array.isArray(items) && "type" in items
    ? `list of ${String(items.type)}`
    : type;
}

function section(title: string, rule: Rule, examples: readonly Example[]): readonly string[] {
  return examples.length === 0
    ? []
    : [`## ${title}`, ...examples.flatMap((example) => exampleParts(rule, example))];
}

function exampleParts(rule: Rule, example: Example): readonly string[] {
  const told = runRules([rule], toStack(example.resources), { [rule.id]: example.config ?? {} });
  return [
    `### ${example.title.charAt(0).toUpperCase()}${example.title.slice(1)}`,
    ...(example.config === undefined
      ? []
      : [
          "With this configuration:",
          code(JSON.stringify({ [rule.id]: example.config }, undefined, 2), "json"),
        ]),
    code(example.resources.map(resourceText).join("\n"), "yaml"),
    ...distinct(told.map(toldText)),
  ];
}

function toldText({ on, kind, message, rule }: Told): string {
  const description = RULES.find(({ id }) => id === rule)?.description ?? "";
  const text = message.startsWith(description) ? message.slice(description.length).trim() : message;
  return `${kind === "violation" ? "**Violation**" : "**Undecided**"} on \`${on || "the stack"}\`: ${escape(text.replace(/^undecided: /, "")).replaceAll("\n", "  \n")}`;
}

/** A resource as Pulumi YAML has it; `{ unknown: true }` is a value that is not known before the deployment. */
function resourceText(resource: Example["resources"][number]): string {
  const lines = [`${resource.name}:`, `  type: ${resource.type}`];
  const props = Object.entries(resource.props);
  if (props.length > 0) {
    lines.push("  properties:", ...props.flatMap(([name, value]) => propertyLines(name, value)));
  }
  const comments = [
    ...Object.entries(resource.from ?? {}).map(
      ([property, names]) => `  # ${property} is computed from ${names.join(", ")}`,
    ),
    ...(resource.provider === undefined
      ? []
      : [
          "  options:",
          `    provider: \${${resource.provider.name}} # ${JSON.stringify(resource.provider.inputs)}`,
        ]),
    ...(resource.dependsOn === undefined ? [] : [`  # depends on ${resource.dependsOn.join(", ")}`]),
  ];
  return [...lines, ...comments].join("\n");
}

function propertyLines(name: string, value: unknown): readonly string[] {
  const document = documentIn(value);
  if (document !== undefined) {
    return [`    ${name}: |`, ...document.split("\n").map((line) => `      ${line}`.trimEnd())];
  }
  return [`    ${name}: ${shown(value)}`];
}

/** A JSON document in a text, written out; undefined for every other value. */
function documentIn(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) {
    return undefined;
  }
  try {
    return shorten(JSON.stringify(JSON.parse(value), undefined, 2));
  } catch {
    return undefined; // No JSON: shown as the text that it is.
  }
}

function shown(value: unknown): string {
  return shorten(
    JSON.stringify(value, (_, each: unknown) => (isUnknown(each) ? "(not known yet)" : each)) ?? "null",
  );
}

function isUnknown(value: unknown): boolean {
  return typeof value === "object" && value !== null && "unknown" in value && Object.keys(value).length === 1;
}

const LONGEST = 2000;

/** Some examples are there because they are long. */
function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
