import { stripVTControlCharacters } from "node:util";
import { type Diagnostic, type Outcome, type Problem, isForeignFrame } from "../../engine/index.ts";
import type { Comparison } from "../deployment/compare.ts";
import { changeLines } from "./changes.ts";
import { outputLines } from "./outputs.ts";
import type { Palette } from "./palette.ts";
import { plural, policyLines } from "./policies.ts";
import { resourceTree, shortType } from "./tree.ts";
import { visible } from "./visible.ts";

/** Everything a person sees of one environment: tree, what the program said, changes, policies, outputs. */
export function environmentLines(
  environment: {
    readonly stack: string;
    readonly outcome: Outcome;
    readonly comparison?: { readonly since: string; readonly result: Comparison } | undefined;
  },
  palette: Palette,
): readonly string[] {
  const { stack, outcome, comparison } = environment;
  const created = outcome.resources.filter(
    (resource) => resource.custom && !resource.type.startsWith("pulumi:"),
  );
  const blocks: readonly (readonly string[])[] = [
    [
      `${palette.heading(stack)} ${palette.quiet(`· ${plural(created.length, "resource")}, ${plural(outcome.resources.length - created.length, "component")} and providers`)}`,
      ...resourceTree(outcome.resources, outcome.violations, palette),
    ],
    outcome.diagnostics
      .filter((diagnostic) => isShown(diagnostic, outcome))
      .flatMap((diagnostic) => diagnosticLines(diagnostic, palette)),
    outcome.unknownTypes.map(
      ({ type, urns }) =>
        `${palette.doubt("?")} the simulation does not know \`${shortType(type)}\`: of ${plural(urns.length, "resource")} only the inputs are known`,
    ),
    comparison === undefined ? [] : changeLines(comparison.result, comparison.since, palette),
    policyLines(outcome, palette),
    outcome.kind === "finished" ? outputLines(outcome.stackOutputs, palette) : [],
    outcome.kind === "failed" ? outcome.problems.flatMap((problem) => problemLines(problem, palette)) : [],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

/** What the runner says of a program that failed is what the outcome's problems say, with their places. */
function isShown({ level, source, message }: Diagnostic, outcome: Outcome): boolean {
  const told = outcome.kind === "failed" && source === "program" && message.startsWith("Running program ");
  return level !== "debug" && !told;
}

function diagnosticLines(diagnostic: Diagnostic, palette: Palette): readonly string[] {
  const [first = "", ...rest] = messageLines(diagnostic.message);
  const level = diagnostic.level === "error" ? palette.bad("error") : palette.doubt(diagnostic.level);
  return [
    `${diagnostic.level === "info" ? palette.quiet("info") : level}: ${first}`,
    ...rest.map((line) => `  ${line}`),
  ];
}

export function problemLines(problem: Problem, palette: Palette): readonly string[] {
  const place =
    problem.place === undefined
      ? []
      : [`  ${palette.quiet(`at ${problem.place.file}:${problem.place.line}:${problem.place.column}`)}`];
  const [first = "", ...rest] = messageLines(problem.message);
  return [`${palette.bad("error")}: ${first}`, ...rest.map((line) => `  ${line}`.trimEnd()), ...place];
}

/**
 * The lines of what a program said, without the frames of a stack trace that are not the program's. Node.js colours
 * errors that it inspects, also where nothing else is coloured.
 */
function messageLines(message: string): readonly string[] {
  return stripVTControlCharacters(message)
    .trimEnd()
    .split(/\r?\n/)
    .filter((line) => !isForeignFrame(line))
    .map(visible);
}
