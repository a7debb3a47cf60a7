import { dirname, join } from "node:path";
import ts from "typescript";
import { REPOSITORY } from "./pages.ts";

/** What a component's source says of it, as `components/index.ts` exports it. */
export interface ComponentApi {
  readonly name: string;
  /** Such as `bastionless:index:PrivateNetwork`. */
  readonly token: string;
  readonly text: string;
  readonly examples: readonly string[];
  /** Undefined for a component without arguments. */
  readonly args: InterfaceApi | undefined;
  /** Whether the arguments may be left out as a whole. */
  readonly argsOptional: boolean;
  readonly outputs: readonly PropertyApi[];
  readonly methods: readonly PropertyApi[];
  /** The types that arguments, outputs and methods name, in the order in which they are first named. */
  readonly types: readonly TypeApi[];
}

export interface PropertyApi {
  readonly name: string;
  /** As the source writes it. */
  readonly type: string;
  readonly optional: boolean;
  readonly text: string;
  /** What `@default` says. */
  readonly byDefault: string | undefined;
}

export interface InterfaceApi {
  readonly kind: "interface";
  readonly name: string;
  readonly text: string;
  readonly properties: readonly PropertyApi[];
}

export interface AliasApi {
  readonly kind: "alias";
  readonly name: string;
  readonly text: string;
  readonly type: string;
}

export type TypeApi = AliasApi | InterfaceApi;

const COMPONENTS = join(REPOSITORY, "components");

/**
 * Every class derived from `ComponentResource` that `components/index.ts` exports, by name.
 *
 * @throws Error where the source of a component is not of the form that this reads
 */
export function readComponents(entry = join(COMPONENTS, "index.ts")): readonly ComponentApi[] {
  const program = createProgram(entry);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) {
    throw new Error(`\`${entry}\` is no module`);
  }
  const reader = new Reader(checker, dirname(entry));
  return checker
    .getExportsOfModule(module)
    .map((exported) => reader.original(exported))
    .flatMap((symbol) => symbol.declarations ?? [])
    .filter((declaration) => ts.isClassDeclaration(declaration))
    .filter((declaration) => reader.isComponent(declaration))
    .map((declaration) => reader.component(declaration))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The sources with Pulumi's SDK; what comes of the providers is only named, and megabytes of it are not read. */
export function createProgram(entry: string): ts.Program {
  const { config } = ts.readConfigFile(join(COMPONENTS, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, COMPONENTS);
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, file, _redirect, settings, containing) =>
    literals.map(({ text }) =>
      /^@pulumi\/(?!pulumi(?:\/|$))/.test(text)
        ? { resolvedModule: undefined }
        : ts.resolveModuleName(
            text,
            file,
            settings,
            host,
            undefined,
            undefined,
            containing.impliedNodeFormat ?? ts.ModuleKind.ESNext,
          ),
    );
  return ts.createProgram({ rootNames: [entry], options, host });
}

class Reader {
  readonly #checker: ts.TypeChecker;
  readonly #folder: string;

  constructor(checker: ts.TypeChecker, folder: string) {
    this.#checker = checker;
    this.#folder = folder;
  }

  original(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.#checker.getAliasedSymbol(symbol);
  }

  isComponent(declaration: ts.ClassLikeDeclaration): boolean {
    return this.#bases(declaration).some(({ name }) => name?.text === "ComponentResource");
  }

  component(declaration: ts.ClassDeclaration): ComponentApi {
    const name = declaration.name?.text ?? "";
    const symbol = this.#symbol(declaration);
    const own = [declaration, ...this.#bases(declaration)].filter((each) => this.#isOurs(each));
    const constructor = own.flatMap(({ members }) => members.filter(ts.isConstructorDeclaration))[0];
    const token = own.map(tokenOf).find((each) => each !== undefined);
    if (constructor === undefined || token === undefined) {
      throw new Error(
        `\`${name}\`: expected a constructor that calls \`super("<type>", …)\` with a literal type`,
      );
    }
    const parameter = constructor.parameters.find(
      ({ name: each }, index) => index > 0 && each.getText() === "args",
    );
    const members = own
      .flatMap((each) => [...each.members])
      .filter((member) => member.name !== undefined && isPublic(member));
    const outputs = members.filter((each) => ts.isPropertyDeclaration(each) || ts.isGetAccessor(each));
    const methods = members.filter(ts.isMethodDeclaration);
    const named = new Map<ts.Symbol, TypeApi>();
    const args = parameter?.type === undefined ? undefined : this.#args(parameter.type, named);
    for (const node of [...outputs.map(({ type }) => type), ...methods]) {
      this.#collect(node, named);
    }
    return {
      name,
      token,
      text: this.#text(symbol),
      examples: tagTexts(symbol, "example"),
      args,
      argsOptional: parameter?.initializer !== undefined || parameter?.questionToken !== undefined,
      outputs: outputs.map((member) => this.#property(this.#symbol(member), member.type)),
      methods: methods.map((member) => ({
        ...this.#property(this.#symbol(member), undefined),
        type: flat(
          `(${member.parameters.map((each) => each.getText()).join(", ")}) => ${member.type?.getText() ?? "void"}`,
        ),
      })),
      types: [...named.values()],
    };
  }

  #args(node: ts.TypeNode, named: Map<ts.Symbol, TypeApi>): InterfaceApi {
    const type = this.#checker.getTypeFromTypeNode(node);
    const symbol = type.aliasSymbol ?? type.getSymbol();
    if (symbol === undefined || this.#checker.getPropertiesOfType(type).length === 0) {
      throw new Error(`\`${node.getText()}\` has no properties; expected an interface of arguments`);
    }
    return this.#interface(symbol, type, named);
  }

  #interface(symbol: ts.Symbol, type: ts.Type, named: Map<ts.Symbol, TypeApi>): InterfaceApi {
    const properties = this.#checker.getPropertiesOfType(type);
    const nodes = properties.map(typeNodeOf);
    nodes.forEach((node) => this.#collect(node, named));
    return {
      kind: "interface",
      name: symbol.getName(),
      text: this.#text(symbol),
      properties: properties.map((property, index) => this.#property(property, nodes[index])),
    };
  }

  #property(symbol: ts.Symbol, node: ts.TypeNode | undefined): PropertyApi {
    const type = node?.getText() ?? this.#checker.typeToString(this.#checker.getTypeOfSymbol(symbol));
    return {
      name: symbol.getName(),
      type: flat(type),
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      text: this.#text(symbol),
      byDefault: tagTexts(symbol, "default")[0],
    };
  }

  /** Adds the types of this package that a type names, and those that they name. */
  #collect(node: ts.Node | undefined, named: Map<ts.Symbol, TypeApi>): void {
    if (node === undefined) {
      return;
    }
    if (ts.isTypeReferenceNode(node)) {
      const found = this.#checker.getSymbolAtLocation(node.typeName);
      if (found !== undefined) {
        this.#add(this.original(found), named);
      }
    }
    if (!ts.isBlock(node)) {
      ts.forEachChild(node, (child) => this.#collect(child, named));
    }
  }

  #add(symbol: ts.Symbol, named: Map<ts.Symbol, TypeApi>): void {
    const name = symbol.getName();
    const declaration = symbol.declarations?.[0];
    if (declaration === undefined || named.has(symbol) || !this.#isOurs(declaration)) {
      return;
    }
    if (ts.isInterfaceDeclaration(declaration)) {
      // First itself, so that one that names itself is met once.
      named.set(symbol, { kind: "interface", name, text: "", properties: [] });
      named.set(symbol, this.#interface(symbol, this.#checker.getDeclaredTypeOfSymbol(symbol), named));
    } else if (ts.isTypeAliasDeclaration(declaration) && declaration.typeParameters === undefined) {
      named.set(symbol, {
        kind: "alias",
        name,
        text: this.#text(symbol),
        type: flat(declaration.type.getText()),
      });
      this.#collect(declaration.type, named);
    }
  }

  /** The classes above one, the nearest first. */
  #bases(declaration: ts.ClassLikeDeclaration): readonly ts.ClassDeclaration[] {
    const expression = declaration.heritageClauses?.find(
      ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
    )?.types[0]?.expression;
    const symbol = expression === undefined ? undefined : this.#checker.getSymbolAtLocation(expression);
    const base =
      symbol === undefined ? undefined : this.original(symbol).declarations?.find(ts.isClassDeclaration);
    return base === undefined ? [] : [base, ...this.#bases(base)];
  }

  #symbol(declaration: ts.Declaration): ts.Symbol {
    const name = ts.getNameOfDeclaration(declaration);
    const symbol = name === undefined ? undefined : this.#checker.getSymbolAtLocation(name);
    if (symbol === undefined) {
      throw new Error(`\`${declaration.getText().slice(0, 60)}\` has no name`);
    }
    return symbol;
  }

  #text(symbol: ts.Symbol): string {
    return plain(ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)));
  }

  #isOurs(declaration: ts.Node): boolean {
    const file = declaration.getSourceFile().fileName;
    return file.startsWith(this.#folder) && !file.includes("/node_modules/");
  }
}

function tokenOf(declaration: ts.ClassLikeDeclaration): string | undefined {
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const [first] = node.arguments;
      found ??= first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
  return (
    !ts.isPrivateIdentifier(member.name ?? member) &&
    (ts.getCombinedModifierFlags(member) & hidden) === 0 &&
    !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === "internal")
  );
}

function typeNodeOf(symbol: ts.Symbol): ts.TypeNode | undefined {
  const declaration = symbol.declarations?.[0];
  return declaration !== undefined && ts.isPropertySignature(declaration) ? declaration.type : undefined;
}

function tagTexts(symbol: ts.Symbol, name: string): readonly string[] {
  return symbol
    .getJsDocTags()
    .filter((tag) => tag.name === name)
    .map((tag) => plain(ts.displayPartsToString(tag.text)));
}

function plain(text: string): string {
  return text.replaceAll(/\{@link ([^}]+?) *\}/g, "`$1`").trim();
}

function flat(text: string): string {
  return text
    .replaceAll(/\/\*\*?[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\bpulumi\.(?=(?:Input|Output)\b)/g, "")
    .replace(/^\| /, "")
    .trim();
}
