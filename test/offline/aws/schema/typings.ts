import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import ts from "typescript";

import type { ObjectSchema, ResourceSchema, Schema } from "../../../../offline/aws/schema/schema.ts";

const require = createRequire(import.meta.url);

/** Where `@pulumi/aws` is installed. */
const PACKAGE = dirname(require.resolve("@pulumi/aws/package.json"));

/** Properties of a type as the simulated provider's schema writes them. */
type Mutable = Record<string, string>;

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(join(PACKAGE, path), "utf8"), ts.ScriptTarget.ES2022, true);
}

function memberName(member: { readonly name?: ts.PropertyName | undefined }): string {
  if (member.name !== undefined && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))) {
    return member.name.text;
  }
  throw new Error("a member of a typing has no plain name");
}

function isNothing(node: ts.TypeNode): boolean {
  return node.kind === ts.SyntaxKind.UndefinedKeyword;
}

/** Writes a type of the SDK as the schema writes it: `string`, `number[]`, `{string}`, `@ec2.InstanceRootBlockDevice`. */
function describe(node: ts.TypeNode, nested: (name: string) => void): string {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return "string";
    case ts.SyntaxKind.NumberKeyword:
      return "number";
    case ts.SyntaxKind.BooleanKeyword:
      return "boolean";
    case ts.SyntaxKind.AnyKeyword:
      return "any";
    default:
  }
  if (ts.isArrayTypeNode(node)) {
    return `${describe(node.elementType, nested)}[]`;
  }
  if (ts.isParenthesizedTypeNode(node)) {
    return describe(node.type, nested);
  }
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find((member) => ts.isIndexSignatureDeclaration(member));
    if (index === undefined) {
      throw new Error(`a type literal without an index signature: ${node.getText()}`);
    }
    return `{${describe(index.type, nested)}}`;
  }
  if (ts.isUnionTypeNode(node)) {
    const options = node.types.filter((option) => !isNothing(option));
    if (options.some((option) => option.getText().endsWith("PolicyDocument"))) {
      return "json";
    }
    // A string, or an enum of strings, or a resource whose id is meant: a string on the wire.
    const [first] = options;
    if (first === undefined) {
      throw new Error(`an empty union: ${node.getText()}`);
    }
    return describe(first, nested);
  }
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.getText();
    const [argument] = node.typeArguments ?? [];
    if ((name === "pulumi.Input" || name === "pulumi.Output") && argument !== undefined) {
      return describe(argument, nested);
    }
    if (name.startsWith("inputs.") || name.startsWith("outputs.")) {
      const path = name.slice(name.indexOf(".") + 1);
      nested(path);
      return `@${path}`;
    }
    if (name.startsWith("pulumi.asset.")) {
      return name.slice("pulumi.asset.".length).toLowerCase();
    }
    // `ARN` and the unions of literals in `enums` are strings.
    return "string";
  }
  if (ts.isLiteralTypeNode(node)) {
    return "string";
  }
  throw new Error(`a type that the schema cannot write: ${node.getText()}`);
}

function mayBeMissing(node: ts.TypeNode): boolean {
  if (!ts.isTypeReferenceNode(node)) {
    return false;
  }
  const [argument] = node.typeArguments ?? [];
  return (
    argument !== undefined &&
    ts.isUnionTypeNode(argument) &&
    argument.types.some((option) => isNothing(option))
  );
}

function members(node: ts.InterfaceDeclaration, nested: (name: string) => void): Mutable {
  const properties: Mutable = {};
  for (const member of node.members) {
    if (ts.isPropertySignature(member) && member.type !== undefined) {
      const optional = member.questionToken === undefined ? "" : "?";
      properties[memberName(member) + optional] = describe(member.type, nested);
    }
  }
  return properties;
}

function outputs(node: ts.ClassDeclaration): Mutable {
  const properties: Mutable = {};
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && member.type !== undefined) {
      const optional = mayBeMissing(member.type) ? "?" : "";
      properties[memberName(member) + optional] = describe(member.type, () => undefined);
    }
  }
  return properties;
}

/** The interfaces of `types/input.d.ts`, by their path below `inputs`. */
function inputTypes(): ReadonlyMap<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  function visit(node: ts.Node, path: string): void {
    if (ts.isInterfaceDeclaration(node)) {
      found.set(path + node.name.text, node);
    } else if (ts.isModuleDeclaration(node) && node.body !== undefined) {
      const inner = `${path}${node.name.getText()}.`;
      ts.forEachChild(node.body, (child) => {
        visit(child, inner);
      });
    }
  }
  ts.forEachChild(parse("types/input.d.ts"), (node) => {
    visit(node, "");
  });
  return found;
}

function readResource(module: string, nested: (name: string) => void): readonly [string, ResourceSchema] {
  const name = module.slice(module.lastIndexOf("/") + 1);
  const className = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const file = parse(`${module}.d.ts`);
  const theClass = file.statements.find(
    (statement) => ts.isClassDeclaration(statement) && statement.name?.text === className,
  );
  const args = file.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === `${className}Args`,
  );
  if (theClass === undefined || !ts.isClassDeclaration(theClass)) {
    throw new Error(`\`${module}.d.ts\` declares no class \`${className}\``);
  }
  if (args === undefined || !ts.isInterfaceDeclaration(args)) {
    throw new Error(`\`${module}.d.ts\` declares no interface \`${className}Args\``);
  }
  return [`aws:${module}:${className}`, { inputs: members(args, nested), outputs: outputs(theClass) }];
}

function readLookup(module: string): readonly [string, ObjectSchema] {
  const name = module.slice(module.lastIndexOf("/") + 1);
  const interfaceName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`;
  const found = parse(`${module}.d.ts`).statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  if (found === undefined || !ts.isInterfaceDeclaration(found)) {
    throw new Error(`\`${module}.d.ts\` declares no interface \`${interfaceName}\``);
  }
  return [`aws:${module}:${name}`, members(found, () => undefined)];
}

/**
 * Reads the schema of resources (modules such as `ec2/vpc`) and of the results of lookups (`ec2/getVpc`) from the
 * typings of the installed `@pulumi/aws`.
 */
export function readTypings(modules: readonly string[], lookups: readonly string[]): Schema {
  const declarations = inputTypes();
  const resources: Record<string, ResourceSchema> = {};
  const types: Record<string, ObjectSchema> = {};
  const pending: string[] = [];
  const need = (path: string): void => {
    pending.push(path);
  };
  for (const module of modules) {
    const [token, schema] = readResource(module, need);
    resources[token] = schema;
  }
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (types[path] === undefined) {
      const declaration = declarations.get(path);
      if (declaration === undefined) {
        throw new Error(`\`types/input.d.ts\` declares no \`${path}\``);
      }
      types[path] = members(declaration, need);
    }
  }
  const provider = parse("provider.d.ts").statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === "ProviderArgs",
  );
  if (provider === undefined || !ts.isInterfaceDeclaration(provider)) {
    throw new Error("`provider.d.ts` declares no interface `ProviderArgs`");
  }
  const configuration = members(provider, () => undefined);
  const sorted = Object.fromEntries(Object.entries(types).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const results = Object.fromEntries(lookups.map((module) => readLookup(module)));
  return { version: packageVersion(), provider: configuration, resources, types: sorted, lookups: results };
}

/** The version of the installed `@pulumi/aws`. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    return String(manifest.version);
  }
  throw new Error("`@pulumi/aws/package.json` names no version");
}
