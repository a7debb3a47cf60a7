import { shortType } from "@bastionless/offline/cli/display/tree.ts";
import type { Wire, WireMap } from "@bastionless/offline/protocol/wire.ts";
import {
  type ComponentApi,
  type InterfaceApi,
  type PropertyApi,
  type TypeApi,
  readComponents,
} from "./component-api.ts";
import type { ExamplePreview } from "./example-previews.ts";
import {
  type CostDriver,
  type Costs,
  type GrantingDocument,
  type Instance,
  costsOf,
  documentsOf,
  instancesOf,
  managedPoliciesOf,
  monthlyOf,
} from "./footprint.ts";
import { code, escape, paragraphs, table } from "./markdown.ts";
import type { GeneratedFolder } from "./pages.ts";
import { PRICES_OF } from "./prices.ts";

const GENERATED =
  "<!-- Written by `npm run docs`: change the component's source or its example, not this file. -->";

/** A component's source with what the examples show of it. */
export interface ShownComponent {
  readonly api: ComponentApi;
  /** That of the smallest example first. */
  readonly instances: readonly Instance[];
}

/** Every component that the package exports, by name. */
export function shownComponents(previews: readonly ExamplePreview[]): readonly ShownComponent[] {
  return readComponents().map((api) => ({ api, instances: instancesOf(api.token, previews) }));
}

/** A page for every component and the table of them, from its source and from previews of the examples. */
export function componentPages(components: readonly ShownComponent[]): GeneratedFolder {
  const pages = new Map(components.map(({ api }) => [api.token, `${api.name}.md`]));
  return {
    folder: "docs/components",
    pages: new Map([
      ["README.md", index(components)],
      ...components.map((component): readonly [string, string] => [
        `${component.api.name}.md`,
        page(component, pages),
      ]),
    ]),
  };
}

function index(components: readonly ShownComponent[]): string {
  return paragraphs([
    "# Components",
    GENERATED,
    "What `@bastionless/components` exports. Each page has the arguments, the outputs, and, from a preview of an example, what the component creates, what that costs and which permissions it grants.",
    table(
      ["component", "what it is", "example", "resources", "standing costs, a month"],
      components.map(({ api, instances: [shown] }) => [
        `[${api.name}](${api.name}.md)`,
        firstSentence(api.text),
        shown === undefined ? "none" : exampleLink(shown.example),
        shown === undefined ? "" : String(shown.resources.length),
        shown === undefined ? "" : standing(costsOf(shown.resources)),
      ]),
    ),
    `Resources and costs are those of one instance in the example. ${PRICE_NOTE}`,
  ]);
}

const PRICE_NOTE = `Prices are in US dollars, of us-east-1, without tax and free allowances, as noted on ${PRICES_OF}; AWS's own pages, which are linked where the costs are listed, count.`;

function page({ api, instances }: ShownComponent, pages: ReadonlyMap<string, string>): string {
  const [shown] = instances;
  return paragraphs([
    `# ${api.name}`,
    GENERATED,
    block(api.text),
    ...api.examples.map((example) => code(unfenced(example), "ts")),
    "## Arguments",
    ...argumentParts(api),
    "## Outputs",
    api.outputs.length === 0
      ? "None."
      : table(
          ["output", "type", ""],
          api.outputs.map(({ name, type, text }) => [`\`${name}\``, `\`${type}\``, cell(text)]),
        ),
    ...registeredParts(api, instances),
    ...methodParts(api.methods),
    ...(shown === undefined
      ? ["## What it creates", "No example shows it yet."]
      : [...footprintParts(shown, instances, pages), ...costParts(shown, api), ...permissionParts(shown)]),
    ...typeParts(api.types),
  ]);
}

function argumentParts({ args, argsOptional }: ComponentApi): readonly string[] {
  if (args === undefined) {
    return ["None."];
  }
  return [
    ...(args.text === "" ? [] : [block(args.text)]),
    ...(argsOptional ? ["All of them may be left out."] : []),
    propertyTable("argument", args),
  ];
}

function propertyTable(title: string, { properties }: InterfaceApi): string {
  return table(
    [title, "type", "default", ""],
    properties.map(({ name, type, optional, text, byDefault }) => [
      `\`${name}\``,
      `\`${type}\``,
      optional ? defaultText(byDefault) : "**required**",
      cell(text),
    ]),
  );
}

function defaultText(text: string | undefined): string {
  if (text === undefined) {
    return "none";
  }
  return isLiteral(text) ? `\`${text}\`` : cell(text);
}

/** Whether a default is one value, and not a sentence about it. */
function isLiteral(text: string): boolean {
  return /^(?:"[^"]*"|\[[^\]]*\]|-?\d+|true|false)$/.test(text);
}

/** What stands in Pulumi's state beside the properties, such as a name within a component that is one. */
function registeredParts({ outputs }: ComponentApi, instances: readonly Instance[]): readonly string[] {
  const told = new Set(outputs.map(({ name }) => name));
  const registered = new Set(instances.flatMap(({ component }) => Object.keys(component.outputs)));
  const others = [...registered].filter((name) => !told.has(name));
  return others.length === 0
    ? []
    : [`Registered besides: ${others.map((name) => `\`${name}\``).join(", ")}.`];
}

function methodParts(methods: readonly PropertyApi[]): readonly string[] {
  return methods.length === 0
    ? []
    : [
        "### Methods",
        "In TypeScript only.",
        table(
          ["method", "", ""],
          methods.map(({ name, type, text }) => [`\`${name}\``, `\`${type}\``, cell(text)]),
        ),
      ];
}

function footprintParts(
  shown: Instance,
  instances: readonly Instance[],
  pages: ReadonlyMap<string, string>,
): readonly string[] {
  const within = Map.groupBy(shown.components, ({ type }) => type);
  const created = Map.groupBy(shown.resources, ({ type }) => type);
  const others = [...new Set(instances.map(({ example }) => example))].filter(
    (name) => name !== shown.example,
  );
  return [
    "## What it creates",
    `As \`${shown.component.name}\` of the example ${exampleLink(shown.example)}, in a preview: ${shown.resources.length} resources.${
      others.length === 0 ? "" : ` Also in ${others.map(exampleLink).join(", ")}.`
    }`,
    table(
      ["type", "number", "names in the program", "names in AWS"],
      [...created]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([type, resources]) => [
          `\`${shortType(type)}\``,
          String(resources.length),
          resources.map(({ name }) => `\`${name}\``).join(", "),
          [...new Set(resources.flatMap(({ inputs }) => physicalName(inputs)))]
            .map((name) => `\`${name}\``)
            .join(", "),
        ]),
    ),
    ...(within.size === 0
      ? []
      : [
          `Among them, within components of their own: ${[...within]
            .map(([type, each]) => `${each.length} × ${componentLink(type, pages)}`)
            .toSorted()
            .join(", ")}.`,
        ]),
  ];
}

/** The fixed name of a resource in AWS; none where AWS gives it an id. */
function physicalName(inputs: WireMap): readonly string[] {
  const name = inputs["name"] ?? inputs["bucket"];
  return typeof name === "string" ? [name] : [];
}

function componentLink(type: string, pages: ReadonlyMap<string, string>): string {
  const target = pages.get(type);
  return target === undefined ? `\`${shortType(type)}\`` : `[${target.replace(/\.md$/, "")}](${target})`;
}

function exampleLink(name: string): string {
  return `[${name}](../../examples/${name}/index.ts)`;
}

function costParts(shown: Instance, { args }: ComponentApi): readonly string[] {
  const costs = costsOf(shown.resources);
  const priced = (args?.properties ?? []).filter(namesPrice).map(({ name }) => `\`${name}\``);
  return [
    "## Monthly cost drivers",
    costs.drivers.length === 0
      ? "Nothing that it creates there costs anything."
      : table(
          ["what", "number", "standing, a month", "by size and use", "AWS says"],
          costs.drivers.map((driver) => [
            driver.price.what,
            String(driver.count),
            driver.price.monthly === undefined ? "" : monthlyText(driver),
            driver.price.use ?? "",
            `[prices](${driver.price.source})`,
          ]),
        ),
    `Standing costs, a month: ${standing(costs)}. ${PRICE_NOTE}`,
    ...(costs.unpriced.length === 0
      ? []
      : [`Not priced here: ${costs.unpriced.map((type) => `\`${shortType(type)}\``).join(", ")}.`]),
    ...(priced.length === 0 ? [] : [`Arguments that say what they cost: ${priced.join(", ")}.`]),
  ];
}

function monthlyText(driver: CostDriver): string {
  const { price, count } = driver;
  const sum = monthlyOf(driver).toFixed(2);
  return count === 1 ? sum : `${count} × ${(price.monthly ?? 0).toFixed(2)} = ${sum}`;
}

/** What costs this much whether it is used or not, and whether something is priced by its size or use besides. */
export function standing({ monthly, drivers, unpriced }: Costs): string {
  const more = drivers.some(({ price }) => price.monthly === undefined) || unpriced.length > 0;
  if (monthly === 0) {
    return more ? "by size and use" : "none";
  }
  return `${monthly.toFixed(2)}${more ? ", and by size and use" : ""}`;
}

function namesPrice({ text }: PropertyApi): boolean {
  return /\b\d+\.\d+\b[^.]*\b(?:a|an|each|for|the|per)\b|\bcosts?\b|\b(?:\d+) (?:a|the) (?:month|hour)\b/.test(
    text,
  );
}

function permissionParts(shown: Instance): readonly string[] {
  const documents = documentsOf(shown.resources);
  const managed = managedPoliciesOf(shown.resources);
  return [
    "## Permissions",
    documents.length === 0 && managed.length === 0
      ? "It grants none there."
      : `Every IAM statement that it makes there, in the example's stack \`${shown.stack}\`. Accounts and ids are simulated.`,
    ...documents.flatMap(documentParts),
    ...(managed.length === 0
      ? []
      : [`AWS's own policies that it attaches: ${managed.map((arn) => `\`${arn}\``).join(", ")}.`]),
  ];
}

function documentParts({ resource, property, statements }: GrantingDocument): readonly string[] {
  const columns = ["Principal", "Action", "Resource", "Condition"] as const;
  const used = columns.filter((column) => statements.some((each) => elementText(each, column) !== ""));
  return [
    `### \`${resource.name}\` (\`${shortType(resource.type)}\`), \`${property}\``,
    table(
      ["", "effect", ...used.map((column) => column.toLowerCase())],
      statements.map((statement) => [
        typeof statement["Sid"] === "string" ? statement["Sid"] : "",
        typeof statement["Effect"] === "string" ? statement["Effect"] : "",
        ...used.map((column) => elementText(statement, column)),
      ]),
    ),
  ];
}

/** An element of a statement or, marked as such, its negation. */
function elementText(statement: WireMap, element: string): string {
  const own = statement[element];
  const negated = statement[`Not${element}`];
  return [
    ...(own === undefined ? [] : [listed(own)]),
    ...(negated === undefined ? [] : [`all but ${listed(negated)}`]),
  ].join("; ");
}

function listed(value: Wire): string {
  const list = Array.isArray(value) ? value : [value];
  return list
    .map((each: Wire) => `\`${typeof each === "string" ? each : JSON.stringify(each)}\``)
    .join("<br>");
}

function typeParts(types: readonly TypeApi[]): readonly string[] {
  return types.length === 0 ? [] : ["## Types", ...types.flatMap(typePart)];
}

function typePart(type: TypeApi): readonly string[] {
  const text = type.text === "" ? [] : [block(type.text)];
  if (type.kind === "alias") {
    return [`### ${type.name}`, ...text, `\`${type.type}\``];
  }
  return isTransforms(type)
    ? [
        `### ${type.name}`,
        "In TypeScript only.",
        ...text,
        type.properties.map(({ name }) => `\`${name}\``).join(", "),
      ]
    : [`### ${type.name}`, ...text, propertyTable("property", type)];
}

/** Changes to children are objects or functions over the provider's own arguments: a list of the children says it all. */
function isTransforms({ properties }: InterfaceApi): boolean {
  return (
    properties.length > 0 && properties.every(({ type }) => /^(?:Transform<|\w+Transforms?\b)/.test(type))
  );
}

function firstSentence(text: string): string {
  const paragraph = text.split(/\n\s*\n/)[0]?.replaceAll("\n", " ") ?? "";
  return escape(/^.*?[.:](?=\s|$)/.exec(paragraph)?.[0].replace(/:$/, ".") ?? paragraph);
}

/** A docstring as Markdown of its own: its lines are only broken where a paragraph or an item ends. */
function block(text: string): string {
  return escape(joined(text).join("\n\n")).replaceAll(/\n\n(?=- )/g, "\n");
}

/** A docstring in the cell of a table. */
function cell(text: string): string {
  return escape(joined(text).join("\n")).replaceAll("\n- ", "<br>• ").replaceAll("\n", "<br>");
}

/** Paragraphs and items of lists, each in one line. */
function joined(text: string): readonly string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*- )/)
    .map((part) => part.replaceAll(/\s*\n\s*/g, " ").trim())
    .filter((part) => part !== "");
}

function unfenced(example: string): string {
  return example.replaceAll(/^```\w*\n|\n```$/g, "");
}
