import { join } from "node:path";
import ts from "typescript";
import type { ObjectShape, Shape } from "../../../components/core/shapes.ts";
import { createProgram } from "../../docs/component-api.ts";
import { REPOSITORY } from "../../docs/pages.ts";

/** The shapes of all that components take, by the names of their types. */
export interface ArgumentShapes {
  /** The type of the arguments of each component, by the name of the component. */
  readonly components: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, ObjectShape>>;
}

export const SHAPES_FILE = join(REPOSITORY, "components", "core", "argument-shapes.ts");

/**
 * Reads the shapes from the types of the components' arguments.
 *
 * @throws Error where a type is of a form that this does not read
 */
export function readShapes(entry = join(REPOSITORY, "components", "index.ts")): ArgumentShapes {
  const program = createProgram(entry);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) {
    throw new Error(`\`${entry}\` is no module`);
  }
  const reader = new ShapeReader(checker);
  const components = checker
    .getExportsOfModule(module)
    .map((symbol) =>
      (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol),
    )
    .flatMap((symbol) => symbol.declarations ?? [])
    .filter((declaration) => ts.isClassDeclaration(declaration))
    .flatMap((declaration) => {
      const args = declaration.members
        .find(ts.isConstructorDeclaration)
        ?.parameters.find(({ name }) => name.getText() === "args")?.type;
      return args === undefined
        ? []
        : [[declaration.name?.text ?? "", reader.named(checker.getTypeFromTypeNode(args))] as const];
    });
  return { components: sorted(components), types: sorted(reader.types.entries()) };
}

/** The module that holds the shapes: `npm run schema` writes it. */
export function shapesModule({ types }: ArgumentShapes): string {
  return [
    "// Generated from the types of the arguments by `npm run schema`.",
    'import type { ObjectShape } from "./shapes.ts";',
    "",
    `export const ARGUMENT_SHAPES = ${JSON.stringify(types, undefined, 2)} as const satisfies Readonly<Record<string, ObjectShape>>;`,
    "",
  ].join("\n");
}

class ShapeReader {
  readonly types = new Map<string, ObjectShape>();
  readonly #read = new Map<string, ts.Symbol>();
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** Reads an interface; its name stands for it, also within itself. */
  named(type: ts.Type): string {
    const symbol = type.aliasSymbol ?? type.symbol;
    const name = symbol.getName();
    const known = this.#read.get(name);
    if (known === undefined) {
      this.#read.set(name, symbol);
      this.types.set(name, this.#properties(type));
    } else if (known !== symbol) {
      throw new Error(`two types are called \`${name}\`: rename one, as shapes go by names`);
    }
    return name;
  }

  #properties(type: ts.Type): ObjectShape {
    return Object.fromEntries(
      this.#checker.getPropertiesOfType(type).map((property) => {
        const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
        return [`${property.getName()}${optional ? "?" : ""}`, this.#property(property)];
      }),
    );
  }

  /** By its type as written where there is one: what it is an alias of may be of the providers, which are not read. */
  #property(property: ts.Symbol): Shape {
    const declaration = property.declarations?.[0];
    const written =
      declaration !== undefined && ts.isPropertySignature(declaration) ? declaration.type : undefined;
    if (written === undefined) {
      return this.#shape(this.#checker.getTypeOfSymbol(property));
    }
    return ts.isTypeReferenceNode(written) && written.typeName.getText() === "Transform"
      ? "transform"
      : this.#shape(this.#checker.getTypeFromTypeNode(written));
  }

  #shape(given: ts.Type): Shape {
    const { flags } = given;
    if ((flags & ts.TypeFlags.StringLike) !== 0) {
      return "string";
    }
    if ((flags & ts.TypeFlags.NumberLike) !== 0) {
      return "number";
    }
    if ((flags & ts.TypeFlags.BooleanLike) !== 0) {
      return "boolean";
    }
    if (given.isUnion()) {
      return this.#union(given.types.filter(({ flags: each }) => (each & ts.TypeFlags.Undefined) === 0));
    }
    if (isOutput(given)) {
      return "output";
    }
    const element = this.#checker.isArrayType(given)
      ? this.#checker.getIndexTypeOfType(given, ts.IndexKind.Number)
      : undefined;
    if (element !== undefined) {
      return { list: this.#shape(element) };
    }
    const item = this.#checker.getIndexTypeOfType(given, ts.IndexKind.String);
    if (item !== undefined) {
      return { map: this.#shape(item) };
    }
    // What is not read of the providers is `any`, too.
    if ((flags & ts.TypeFlags.Object) === 0 || given.getCallSignatures().length > 0) {
      throw new Error(`\`${this.#checker.typeToString(given)}\` is of no shape that is known`);
    }
    return given.symbol.getName().startsWith("__")
      ? { properties: this.#properties(given) }
      : { object: this.named(given) };
  }

  #union(types: readonly ts.Type[]): Shape {
    const promised = types.find(({ symbol }) => symbol?.getName() === "Promise");
    if (promised !== undefined && types.some(isOutput)) {
      const [value] = this.#checker.getTypeArguments(
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a promise is a reference to a generic type
        promised as ts.TypeReference,
      );
      if (value === undefined) {
        throw new Error("a promise of nothing");
      }
      return { input: this.#shape(value) };
    }
    const shapes = types.map((type) => this.#shape(type));
    const distinct = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
    const [only] = distinct;
    return distinct.length === 1 && only !== undefined ? only : { either: distinct };
  }
}

function isOutput(type: ts.Type): boolean {
  return type.isIntersection() ? type.types.some(isOutput) : type.symbol?.getName() === "OutputInstance";
}

function sorted<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
