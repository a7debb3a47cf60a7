import assert from "node:assert/strict";
import * as bastionless from "@bastionless/components";
import * as pulumi from "@pulumi/pulumi";
import { ARGUMENT_SHAPES } from "../../../components/core/argument-shapes.ts";
import type { Shape } from "../../../components/core/shapes.ts";
import { problemPaths } from "../../support/problem-paths.ts";
import { runMocked } from "../support/mocked-program.ts";
import { settled } from "../support/values.ts";
import {
  type Argument,
  argumentsOf,
  type Attempt,
  type BadInput,
  isLimited,
  placeOf,
  refusals,
  rightArgs,
  type Row,
  taken,
  unwrapped,
  withValue,
} from "./bad-input.ts";
import { TABLES } from "./tables/index.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const NOW = new Date("2026-11-21T12:00:00Z");

function planned(table: BadInput, args: unknown, name = "x", deployment = DEPLOYMENT): unknown {
  return Reflect.apply(table.plan, undefined, [name, args, deployment, NOW]);
}

function withParts(table: BadInput, plan: unknown): readonly unknown[] {
  return table.parts === undefined
    ? [plan]
    : [plan, Reflect.apply(table.parts, undefined, ["x", plan, DEPLOYMENT])];
}

function paths(table: BadInput, args: unknown, name?: string, deployment = DEPLOYMENT): readonly string[] {
  return problemPaths(() => planned(table, args, name, deployment));
}

function rowsOf(table: BadInput): readonly (readonly [string, Row])[] {
  return Object.entries(table.rows);
}

function show(args: unknown): string {
  const text = JSON.stringify(args, (_key, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
  return (text ?? "undefined").replaceAll(/(.)\1{20,}/g, (run) => `${run.slice(0, 3)}…${run.length}`);
}

function placeIn({ pattern, shape }: Argument): string {
  return placeOf(pattern, typeof shape !== "string" && "object" in shape);
}

function typeOf(table: BadInput): string {
  return `${table.component}Args`;
}

/** Values that are of another type than a shape's: what JavaScript, YAML and Python let anybody write. */
function ofOtherTypes(shape: Shape): readonly unknown[] {
  const kind = kindOf(shape);
  const isInput = typeof shape !== "string" && "input" in shape;
  const samples: readonly (readonly [string, unknown])[] = [
    ["boolean", true],
    ["number", 5],
    ["string", "5"],
    ["list", []],
    ["object", {}],
    ["null", null],
    ["function", () => 5],
    ...(isInput || kind === "output" ? [] : ([["output", pulumi.output("5")]] as const)),
    ...(kind === "number"
      ? ([
          ["nan", Number.NaN],
          ["infinity", Number.POSITIVE_INFINITY],
        ] as const)
      : []),
  ];
  return samples.filter(([name]) => !fits(kind, name)).map(([, value]) => value);
}

function fits(kind: string, sample: string): boolean {
  return (
    kind === sample ||
    (kind === "transform" && (sample === "object" || sample === "function")) ||
    (kind === "either" && (sample === "string" || sample === "list"))
  );
}

function kindOf(shape: Shape): string {
  if (typeof shape === "string") {
    return shape;
  }
  if ("input" in shape) {
    return kindOf(shape.input);
  }
  if ("list" in shape) {
    return "list";
  }
  return "either" in shape ? "either" : "object";
}

/** Right arguments in which an argument, or what holds it, stands. */
function around(table: BadInput, { pattern }: Argument): object {
  const own = table.rows[pattern];
  if (own !== undefined) {
    return withValue(rightArgs(table, own), placeOf(pattern), own.takes[0]);
  }
  const context = table.contexts?.[pattern.split(/[.[]/)[0] ?? ""];
  if (context !== undefined) {
    return rightArgs(table, { takes: [], refuses: [], beside: context });
  }
  const holder = pattern.replace(/(?:\.[^.]*|\[\])$/, "");
  const [place, sibling] =
    rowsOf(table).find(([other]) => other === holder) ??
    rowsOf(table).find(
      ([other]) => other.startsWith(`${pattern}.`) || (holder !== pattern && other.startsWith(`${holder}.`)),
    ) ??
    [];
  return place === undefined || sibling === undefined
    ? rightArgs(table, { takes: [], refuses: [] })
    : withValue(rightArgs(table, sibling), placeOf(place), sibling.takes[0]);
}

/** Every output in a plan, also within lists and objects. */
function outputsIn(value: unknown, seen = new Set<unknown>()): readonly unknown[] {
  if (pulumi.Output.isInstance(value)) {
    return [value];
  }
  if (typeof value !== "object" || value === null || seen.has(value)) {
    return [];
  }
  seen.add(value);
  return Object.values(value).flatMap((each: unknown) => outputsIn(each, seen));
}

/** All attempts that a table makes to get something wrong past a component. */
function attempts(table: BadInput): readonly Attempt[] {
  return [
    ...rowsOf(table).flatMap(([pattern, one]) => refusals(table, pattern, one)),
    ...table.conflicts.map(([, args, where]) => ({
      args: rightArgs(table, { takes: [], refuses: [], beside: args }),
      paths: where,
    })),
    ...argumentsOf(typeOf(table)).flatMap((argument) =>
      ofOtherTypes(argument.shape).map((value) => ({
        args: withValue(around(table, argument), placeIn(argument), value),
        paths: [placeIn(argument)],
      })),
    ),
  ];
}

/** Leaves out what is told of the lists and objects that hold a place: that they may not be there, for one. */
function withoutHolders(found: readonly string[], place: string): readonly string[] {
  return found.filter((path) => !place.startsWith(`${path}.`) && !place.startsWith(`${path}[`));
}

describe("the tables of bad input", () => {
  it("are there for every component", () => {
    const components = Object.entries(bastionless).flatMap(([name, value]) =>
      typeof value === "function" && Object.hasOwn(ARGUMENT_SHAPES, `${name}Args`) ? [name] : [],
    );
    assert.deepEqual([...new Set(TABLES.map(({ component }) => component))], components.toSorted());
    assert.deepEqual(
      TABLES.flatMap(({ profile = [] }) => profile),
      ["auditor", "break-glass", "command", "on-call", "operator", "tunnel"],
    );
  });

  for (const table of TABLES) {
    const known = argumentsOf(typeOf(table));

    describe(`of ${[table.component, table.profile].filter(Boolean).join(" ")}`, function () {
      this.timeout(60_000);

      it("have a row for every argument that something limits, or say why nothing does", () => {
        const limited = known.filter(isLimited).map(({ pattern }) => pattern);
        const told = [...Object.keys(table.rows), ...Object.keys(table.unlimited)];
        assert.deepEqual(
          limited.filter((pattern) => !told.includes(pattern)),
          [],
          "arguments without a row",
        );
        assert.deepEqual(
          told.filter((pattern) => !limited.includes(pattern)),
          [],
          "rows without an argument",
        );
        assert.deepEqual(
          Object.keys(table.rows).filter((pattern) => pattern in table.unlimited),
          [],
        );
        for (const [pattern, { takes, refuses }] of rowsOf(table)) {
          assert.ok(takes.length > 0 && refuses.length > 0, pattern);
        }
      });

      it("start from arguments that are right", () => {
        assert.deepEqual(paths(table, table.right), []);
      });

      for (const [pattern, one] of rowsOf(table)) {
        it(`take ${pattern} within its limits, and not beyond`, () => {
          for (const args of taken(table, pattern, one)) {
            assert.deepEqual(paths(table, args), [], show(args));
          }
          for (const { args, paths: where } of refusals(table, pattern, one)) {
            const found = paths(table, args);
            assert.deepEqual(
              one.decides === true ? found.filter((path) => where.includes(path)) : found,
              where,
              show(args),
            );
          }
        });
      }

      for (const [what, beside, where] of table.conflicts) {
        it(`refuse ${what}`, () => {
          assert.deepEqual(paths(table, rightArgs(table, { takes: [], refuses: [], beside })), where);
        });
      }

      it("refuse values of another type, everywhere", () => {
        for (const argument of known) {
          const place = placeIn(argument);
          for (const value of ofOtherTypes(argument.shape)) {
            const args = withValue(around(table, argument), place, value);
            const all = withoutHolders(paths(table, args), place);
            const decides = table.rows[argument.pattern]?.decides === true;
            const found = decides ? all.filter((path) => path === place) : all;
            assert.deepEqual(found, [place], `${argument.pattern}: ${String(value)}`);
          }
        }
      });

      it("refuse an argument that there is not, everywhere", () => {
        const objects = known.filter(
          ({ shape }) => typeof shape !== "string" && ("object" in shape || "properties" in shape),
        );
        for (const argument of objects) {
          const place = `${placeIn(argument)}.nonesuch`;
          // What is required beside it is not there where no row has it.
          const found = withoutHolders(paths(table, withValue(around(table, argument), place, 1)), place);
          const others = found.filter((path) => !path.startsWith(`${placeIn(argument)}.`));
          assert.ok(found.includes(place), place);
          assert.deepEqual(others, [], place);
        }
        assert.deepEqual(paths(table, { ...table.right, nonesuch: 1 }), ["nonesuch"]);
      });

      it("decide about an output as soon as it is known", async () => {
        const cases = known
          .filter(({ shape }) => typeof shape !== "string" && "input" in shape)
          .flatMap(({ pattern }) => {
            const one = table.rows[pattern];
            return one === undefined
              ? []
              : [...one.refuses.slice(0, 3).map(unwrapped), undefined].map((value) => ({
                  what: `${pattern}: ${show(value)}`,
                  args: withValue(rightArgs(table, one), placeOf(pattern), pulumi.output(value)),
                }));
          })
          // Some are refused whatever they come to.
          .filter(({ args }) => paths(table, args).length === 0);
        await Promise.all(
          cases.map(async ({ what, args }) => {
            const outputs = outputsIn(withParts(table, planned(table, args)));
            const results = await Promise.allSettled(outputs.map(settled));
            const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
            assert.ok(errors.length > 0, what);
            for (const error of errors) {
              assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
            }
          }),
        );
      });

      it("take names that AWS takes of what is made, and no others", () => {
        for (const name of table.names.takes) {
          assert.deepEqual(paths(table, table.right, name), [], name);
        }
        for (const name of table.names.refuses) {
          assert.ok(paths(table, table.right, name).includes("name"), name);
        }
      });

      it("refuse a project and a stack that make too long a prefix", () => {
        if (known.some(({ pattern }) => pattern === "namePrefix")) {
          const long = (stack: string): readonly string[] =>
            paths(table, table.right, "x", { project: "p".repeat(20), stack });
          assert.deepEqual(long("s".repeat(9)), []);
          assert.deepEqual(long("s".repeat(10)), ["namePrefix"]);
        }
      });

      it("tell of everything at once", () => {
        const wrong = rowsOf(table)
          .filter(([pattern]) => /^\w+$/.test(pattern) && pattern !== "profile")
          .filter(([, { beside = {} }]) => Object.keys(beside).length === 0)
          .flatMap(([pattern, one]) => refusals(table, pattern, one).slice(0, 1));
        const args = Object.assign(
          {},
          table.right,
          ...wrong.map(({ args: each }) => difference(each, table.right)),
        );
        const found = paths(table, args);
        for (const path of wrong.flatMap(({ paths: where }) => where)) {
          assert.ok(found.includes(path), `${path} is not among ${found.join(", ")}`);
        }
      });

      it("register nothing where anything is wrong", async () => {
        const all = attempts(table);
        const { mocks, result } = await runMocked(() =>
          all.map(({ args }, index) =>
            problemPaths(() => Reflect.construct(table.construct, [`x${index}`, args])),
          ),
        );
        assert.deepEqual(
          result.map((found, index) => (found.length > 0 ? "" : show(all[index]?.args))).filter(Boolean),
          [],
        );
        assert.deepEqual(mocks.resources, []);
      });
    });
  }
});

function difference(args: object, right: object): object {
  return Object.fromEntries(Object.entries(args).filter(([key, value]) => Reflect.get(right, key) !== value));
}
