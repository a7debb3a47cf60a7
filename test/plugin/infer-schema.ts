import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import {
  TYPESCRIPT_ONLY_ARGUMENTS,
  TYPESCRIPT_ONLY_OUTPUTS,
} from "../../components/plugin/typescript-only.ts";
import { REPOSITORY } from "../docs/pages.ts";

/**
 * Infers the schema of the plugin from the TypeScript of `components/plugin/components.ts`: arguments from the
 * constructors, outputs from the properties, descriptions and defaults from the comments.
 *
 * `@pulumi/pulumi` infers schemas itself, each time a package is started, but knows no union of strings, no `readonly`
 * list, no class derived from a component, and leaves out what types say of themselves. What is inferred here is the same
 * otherwise: names, `plain`, required. A type that no schema can express is an error with its place.
 */
export interface Schema {
  readonly [field: string]: unknown;
  readonly types: Record<string, object>;
  readonly resources: Record<string, object>;
}

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly plain?: boolean;
  readonly description?: string;
}

const PACKAGE = "bastionless";
const COMPONENTS = join(REPOSITORY, "components");

/** Outputs that other languages do not have, by component. */
const OMITTED_OUTPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = TYPESCRIPT_ONLY_OUTPUTS;

/** Names under which the package exports a type, where that is not the type's own. */
const RENAMED: Readonly<Record<string, string>> = { SessionPreferences: "LoggingPreferences" };

export function inferSchema(): Schema {
  return new Inference().schema();
}

class Inference {
  readonly #checker: ts.TypeChecker;
  readonly #source: ts.SourceFile;
  readonly #types: Record<string, object> = {};
  /** Which type took a name. */
  readonly #taken = new Map<string, ts.Type>();

  constructor() {
    const configFile = join(COMPONENTS, "tsconfig.json");
    const config = ts.parseJsonConfigFileContent(
      ts.readConfigFile(configFile, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      COMPONENTS,
      { exactOptionalPropertyTypes: false },
    );
    const entry = join(COMPONENTS, "plugin", "components.ts");
    const program = ts.createProgram([entry], config.options);
    const source = program.getSourceFile(entry);
    if (source === undefined) {
      throw new Error(`there is no \`${entry}\``);
    }
    this.#checker = program.getTypeChecker();
    this.#source = source;
  }

  schema(): Schema {
    const manifest: unknown = JSON.parse(readFileSync(join(COMPONENTS, "package.json"), "utf8"));
    const { version, description } = manifestFields(manifest);
    const module = this.#checker.getSymbolAtLocation(this.#source);
    const list = module && this.#checker.getExportsOfModule(module).find(({ name }) => name === "COMPONENTS");
    if (list === undefined) {
      throw new Error("components/plugin/components.ts exports no `COMPONENTS`");
    }
    const components = this.#checker.getTypeOfSymbol(list).getProperties();
    const resources = Object.fromEntries(
      components
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((symbol) => [
          `${PACKAGE}:index:${symbol.name}`,
          this.#resource(symbol.name, this.#checker.getTypeOfSymbol(symbol)),
        ]),
    );
    const sorted = Object.entries(this.#types).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      name: PACKAGE,
      version,
      description,
      license: "Apache-2.0",
      language: Object.fromEntries(
        ["csharp", "go", "java", "nodejs", "python"].map((each) => [each, { respectSchemaVersion: true }]),
      ),
      types: Object.fromEntries(sorted),
      resources,
    };
  }

  #resource(name: string, constructor: ts.Type): object {
    const signature = constructor.getConstructSignatures()[0];
    const args = signature?.getParameters()[1];
    if (signature === undefined || args === undefined) {
      throw new Error(`the constructor of \`${name}\` takes no arguments`);
    }
    const inputs = this.#properties(name, this.#checker.getTypeOfSymbol(args), "input");
    const instance = signature.getReturnType();
    const outputs = this.#members(
      name,
      instance.getProperties().filter((property) => this.#isOutput(name, property)),
      "output",
    );
    return {
      description: this.#description(instance.getBaseTypes()?.[0]?.getSymbol() ?? instance.getSymbol()),
      isComponent: true,
      inputProperties: inputs.properties,
      ...(inputs.required.length > 0 && { requiredInputs: inputs.required }),
      properties: outputs.properties,
      ...(outputs.required.length > 0 && { required: outputs.required }),
    };
  }

  /** A property that a class of this package declares, and other languages have. */
  #isOutput(component: string, symbol: ts.Symbol): boolean {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isPropertyDeclaration(declaration)) {
      return false;
    }
    const ours = declaration.getSourceFile().fileName.startsWith(join(COMPONENTS, "/"));
    const hidden = ts.isPrivateIdentifier(declaration.name);
    return ours && !hidden && !Object.hasOwn(OMITTED_OUTPUTS[component] ?? {}, symbol.name);
  }

  #properties(
    owner: string,
    type: ts.Type,
    direction: Direction,
  ): { properties: Record<string, Property>; required: readonly string[] } {
    const symbols = type
      .getProperties()
      .filter(({ name }) => !Object.hasOwn(TYPESCRIPT_ONLY_ARGUMENTS, name));
    return this.#members(owner, symbols, direction);
  }

  #members(
    owner: string,
    symbols: readonly ts.Symbol[],
    direction: Direction,
  ): { properties: Record<string, Property>; required: readonly string[] } {
    const properties: Record<string, Property> = {};
    const required: string[] = [];
    for (const symbol of symbols) {
      const type = this.#checker.getTypeOfSymbol(symbol);
      const place = `${owner}.${symbol.name}`;
      const property = this.#property(place, type, direction, true);
      const description = this.#description(symbol);
      properties[symbol.name] = { ...property, ...(description !== "" && { description }) };
      const mayBeAbsent =
        (symbol.flags & ts.SymbolFlags.Optional) !== 0 || this.#checker.getNonNullableType(type) !== type;
      if (!mayBeAbsent) {
        required.push(symbol.name);
      }
    }
    return { properties, required: required.toSorted() };
  }

  #property(place: string, given: ts.Type, direction: Direction, plain: boolean): Property {
    const type = this.#checker.getNonNullableType(given);
    const inner = this.#lifted(type);
    if (inner !== undefined) {
      return this.#property(place, inner, direction, false);
    }
    const marked = (property: Property): Property =>
      plain && direction === "input" ? { ...property, plain: true } : property;
    // An output that is always the same is a string like any other; an argument of one value would be none.
    if ((type.flags & ts.TypeFlags.StringLike) !== 0 && (!type.isStringLiteral() || direction === "output")) {
      return marked({ type: "string" });
    }
    if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) {
      return marked({ type: "boolean" });
    }
    if ((type.flags & ts.TypeFlags.NumberLike) !== 0) {
      return marked({ type: "number" });
    }
    if (type.isUnion()) {
      return marked(this.#union(place, type, direction));
    }
    const element =
      this.#checker.isArrayType(type) && isReference(type)
        ? this.#checker.getTypeArguments(type)[0]
        : undefined;
    if (element !== undefined) {
      return marked({ type: "array", items: this.#property(`${place}[]`, element, direction, plain) });
    }
    const values = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (values !== undefined) {
      return marked({
        type: "object",
        additionalProperties: this.#property(`${place}{}`, values, direction, plain),
      });
    }
    const named = this.#namedEntries(type);
    if (named !== undefined) {
      return marked({
        type: "object",
        additionalProperties: this.#property(`${place}{}`, named, direction, plain),
      });
    }
    if (type.getCallSignatures().length === 0 && type.getProperties().length > 0) {
      return { $ref: this.#object(place, type) };
    }
    throw new Error(
      `\`${place}\` is of type \`${this.#checker.typeToString(type)}\`, expected what a schema can express; leave it out or replace it in components/plugin/components.ts`,
    );
  }

  /** The type of the entries, all alike, of an object whose keys are no identifiers: other languages see a map. */
  #namedEntries(type: ts.Type): ts.Type | undefined {
    const properties = type.getProperties();
    const [first, ...others] = properties.map((property) => this.#checker.getTypeOfSymbol(property));
    return properties.some(({ name }) => !/^[A-Za-z]\w*$/.test(name)) &&
      others.every((other) => first !== undefined && this.#checker.isTypeAssignableTo(other, first))
      ? first
      : undefined;
  }

  /** What an `Input<T>` or `Output<T>` holds. */
  #lifted(type: ts.Type): ts.Type | undefined {
    const parts = type.isUnion() || type.isIntersection() ? type.types : [type];
    const lifted = parts.find((part) => ["OutputInstance", "Promise"].includes(part.getSymbol()?.name ?? ""));
    return lifted && isReference(lifted) ? this.#checker.getTypeArguments(lifted)[0] : undefined;
  }

  #union(place: string, type: ts.UnionType, direction: Direction): Property {
    if (type.types.every((part) => part.isNumberLiteral())) {
      return { type: "number" };
    }
    // A string or a list of strings, as of tags: other languages see any value, and the component checks it.
    if (
      type.types.every((part) => this.#checker.isArrayType(part) || (part.flags & ts.TypeFlags.String) !== 0)
    ) {
      return { $ref: "pulumi.json#/Any" };
    }
    const values = type.types.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
    if (values.length !== type.types.length) {
      throw new Error(
        `\`${place}\` is \`${this.#checker.typeToString(type)}\`, expected a union of strings; replace it in components/plugin/components.ts`,
      );
    }
    // YAML takes the output of an enumeration for no input of the same enumeration, but a string for one.
    if (direction === "output") {
      return { type: "string" };
    }
    return {
      $ref: this.#declare(type.aliasSymbol?.name ?? pascal(place), type, () => ({
        type: "string",
        ...described(this.#description(type.aliasSymbol)),
        enum: values.toSorted().map((value) => ({ name: pascal(value), value })),
      })),
    };
  }

  #object(place: string, type: ts.Type): string {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const declared = symbol === undefined || symbol.name.startsWith("__") ? pascal(place) : symbol.name;
    const name = RENAMED[declared] ?? declared.replace(/Args$/, "");
    return this.#declare(name, type, () => {
      // One type serves inputs and outputs; of outputs nobody asks what is plain.
      const { properties, required } = this.#properties(name, type, "input");
      return {
        type: "object",
        ...described(this.#description(symbol)),
        properties,
        ...(required.length > 0 && { required }),
      };
    });
  }

  #declare(name: string, type: ts.Type, make: () => object): string {
    const token = `${PACKAGE}:index:${name}`;
    const taken = this.#taken.get(name);
    if (taken === undefined) {
      this.#taken.set(name, type);
      this.#types[token] = make();
    } else if (this.#checker.typeToString(taken) !== this.#checker.typeToString(type)) {
      throw new Error(`two types would be called \`${name}\` in the schema; rename one in infer-schema.ts`);
    }
    return `#/types/${token}`;
  }

  #description(symbol: ts.Symbol | undefined): string {
    if (symbol === undefined) {
      return "";
    }
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)).trim();
    const normal = symbol
      .getJsDocTags(this.#checker)
      .filter(({ name }) => name === "default")
      .map(({ text: parts }) => `Default: ${ts.displayPartsToString(parts).trim()}.`);
    return [text, ...normal].filter((part) => part !== "").join("\n\n");
  }
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return "target" in type;
}

type Direction = "input" | "output";

function described(description: string): { readonly description?: string } {
  return description === "" ? {} : { description };
}

/** `windows-2019` and `SessionAccess.mfa` as `Windows2019` and `SessionAccessMfa`. */
function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}

function manifestFields(manifest: unknown): { readonly version: string; readonly description: string } {
  if (typeof manifest !== "object" || manifest === null) {
    throw new Error("components/package.json is no manifest");
  }
  const version = "version" in manifest ? String(manifest.version) : "0.0.0";
  return { version, description: "description" in manifest ? String(manifest.description) : "" };
}
