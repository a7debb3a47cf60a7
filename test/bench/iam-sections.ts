import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decide, type ParsedDocument, parsePolicyDocument, type Statement } from "@bastionless/iam";
import { managedPolicies } from "../iam/support/managed-policies.ts";
import { SESSION_QUESTIONS } from "../iam/support/session-questions.ts";
import { measureCommand } from "./command.ts";
import { type Contender, median, timed } from "./measure.ts";
import { PARLIAMENT, prepareParliament } from "./parliament.ts";
import type { Section } from "./sections.ts";
import { markdownTable } from "./table.ts";

const DECIDE = join(import.meta.dirname, "decide-policies.ts");
const LINT = join(import.meta.dirname, "lint-with-parliament.py");

function documentOf(name: string, source: unknown): ParsedDocument {
  const parsed = parsePolicyDocument(source, { name, kind: "identity" });
  if (parsed.kind !== "parsed") {
    throw new Error(
      `\`${name}\`: ${parsed.problems.map(({ path, message }) => `${path} ${message}`).join("; ")}`,
    );
  }
  return parsed.document;
}

function decideAll(document: ParsedDocument): void {
  for (const question of SESSION_QUESTIONS) {
    decide(question, { identity: [document] });
  }
}

/** Every policy that AWS publishes, each for every session question, beside parliament linting the same files. */
export function decidingPolicies(rounds: number): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), "bastionless-bench-"));
  const policies = managedPolicies().map(([name, { versions, latestVersionId }]) => {
    const text = JSON.stringify(versions[latestVersionId]?.document, undefined, 2);
    writeFileSync(join(folder, `${name}.json`), text);
    return { name, text };
  });
  const ours = `this library: parse, and ${SESSION_QUESTIONS.length} questions decided`;
  const contenders: Contender[] = [
    {
      name: ours,
      run: () => measureCommand(process.execPath, [DECIDE, folder], { cwd: import.meta.dirname }),
    },
  ];
  const parliament = prepareParliament();
  const theirs = `${PARLIAMENT}: lint`;
  if (parliament.kind === "ready") {
    contenders.push({
      name: theirs,
      run: async () => {
        const { seconds } = await measureCommand(parliament.python, [LINT, folder], { cwd: folder });
        return { seconds };
      },
    });
  } else {
    process.stderr.write(`deciding: NOT COMPARED with ${PARLIAMENT}: ${parliament.reason}\n`);
  }
  return Promise.resolve({
    id: "deciding",
    title: `${policies.length} managed policies of AWS, in one process, from files`,
    rounds,
    contenders,
    ratios:
      parliament.kind === "ready"
        ? [{ what: "this library / parliament", of: ours, to: theirs, expected: { atMost: 1 } }]
        : [],
    appendix: () => [
      ...answersOf(folder),
      "",
      parliament.kind === "ready"
        ? lintedBy(parliament.python, folder)
        : `Not compared with ${PARLIAMENT}: ${parliament.reason}`,
      "",
      ...slowest(policies),
    ],
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

function printed(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) {
    throw new Error(`\`${command} ${args.join(" ")}\` exited with ${status}:\n${stderr}`);
  }
  return stdout;
}

function answersOf(folder: string): readonly string[] {
  const answers: { readonly [kind: string]: number } = JSON.parse(
    printed(process.execPath, [DECIDE, folder]),
  );
  const { witness, none, undecided, budget, refused } = answers;
  if (budget !== 0 || refused !== 0) {
    throw new Error(
      `${budget} answers undecided for want of budget, ${refused} policies refused; expected none`,
    );
  }
  return [
    `Answers: ${witness} witness, ${none} none, ${undecided} undecided, ${budget} of them for want of budget; ${refused} policies refused.`,
  ];
}

function lintedBy(python: string, folder: string): string {
  const result: { readonly linted: number; readonly failures: { readonly [name: string]: string } } =
    JSON.parse(printed(python, [LINT, folder]));
  const failed = Object.values(result.failures);
  const why = failed.length === 0 ? "" : ` (${[...new Set(failed)].slice(0, 3).join("; ")})`;
  return `parliament linted ${result.linted} of them, and ended with an exception in ${failed.length}${why}.`;
}

/** The ten policies that take longest, in a process that is warm: medians of five. */
function slowest(policies: readonly { readonly name: string; readonly text: string }[]): readonly string[] {
  const measured = policies.map(({ name, text }) => ({ name, bytes: text.length, times: [] as number[] }));
  for (let round = 0; round < 5; round += 1) {
    for (const [index, { name, text }] of policies.entries()) {
      const started = performance.now();
      decideAll(documentOf(name, text));
      measured[index]?.times.push(performance.now() - started);
    }
  }
  const rows = measured
    .map(({ name, bytes, times }) => ({ name, bytes, milliseconds: median(times) }))
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 10)
    .map(({ name, bytes, milliseconds }) => [name, String(bytes), `${milliseconds.toFixed(1)} ms`]);
  return markdownTable(["the slowest ten, all questions", "characters", "median"], rows);
}

const SIZES = [125, 250, 500] as const;

/** Statements with wildcards, Denies among them, none of which settles a question by itself. */
export function denseDocument(size: number): ParsedDocument {
  const Statement = Array.from({ length: size }, (_, index): Statement => {
    const machines = `arn:aws:ec2:*:*:instance/i-${(index % 50).toString(16)}*${index}*`;
    const tag = { [`aws:ResourceTag/Team${index % 7}`]: [`*-${index}-*`, `team-${index}*`] };
    switch (index % 4) {
      case 0:
        return {
          Effect: "Allow",
          Action: ["ssm:Start*", "ec2-instance-connect:*"],
          Resource: machines,
          Condition: { StringLike: tag },
        };
      case 1:
        return { Effect: "Deny", Action: "ssm:*", Resource: machines, Condition: { StringNotLike: tag } };
      case 2:
        return {
          Effect: "Deny",
          Action: "s*:*",
          Resource: "*",
          Condition: { StringLike: { "aws:PrincipalTag/Role": `*${index}?` } },
        };
      default:
        return {
          Effect: "Allow",
          Action: "ssm:*Session",
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, StringLike: tag },
        };
    }
  });
  return documentOf(`${size} statements`, { Version: "2012-10-17", Statement });
}

/** How the time grows with the number of statements of one document. */
export function decidingGrowth(rounds: number): Promise<Section> {
  const name = (size: number): string => `${size} statements, ${SESSION_QUESTIONS.length} questions`;
  return Promise.resolve({
    id: "growth",
    title: "A document of many statements, with wildcards and Denies",
    rounds: rounds * 3,
    contenders: SIZES.map((size) => ({
      name: name(size),
      run: async () => ({
        seconds: await timed(() => {
          decideAll(denseDocument(size));
          return Promise.resolve();
        }),
      }),
    })),
    ratios: [
      { what: "250 / 125 statements", of: name(250), to: name(125), expected: { atMost: 4 } },
      { what: "500 / 250 statements", of: name(500), to: name(250), expected: { atMost: 4 } },
    ],
    appendix: () => [`Answers for ${SIZES.at(-1)} statements: ${told(denseDocument(500))}.`],
    dispose: () => Promise.resolve(),
  });
}

function told(document: ParsedDocument): string {
  const kinds = SESSION_QUESTIONS.map((question) => decide(question, { identity: [document] }).kind);
  return ["witness", "none", "undecided"]
    .map((kind) => `${kinds.filter((each) => each === kind).length} ${kind}`)
    .join(", ");
}
