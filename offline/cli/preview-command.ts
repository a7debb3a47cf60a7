import { availableParallelism } from "node:os";
import { basename, relative } from "node:path";
import type { ComponentProvider } from "../protocol/component-host.ts";
import type { SimulatedProvider } from "../protocol/provider.ts";
import {
  type EnvironmentRequest,
  type Outcome,
  type SharedProcesses,
  type Simulated,
  previewEnvironment,
} from "../engine/index.ts";
import { InputError } from "../project/input-error.ts";
import { readPassphrase } from "../project/passphrase.ts";
import { type Project, listStacks, readProject } from "../project/project.ts";
import { readStackConfig } from "../project/stack-config.ts";
import { readAnswers } from "./answers.ts";
import type { PreviewArguments } from "./arguments.ts";
import { type Comparison, compareDeployments } from "./deployment/compare.ts";
import { toDeployment } from "./deployment/export.ts";
import { type EarlierDeployment, readDeployment } from "./deployment/read.ts";
import { environmentLines } from "./display/environment.ts";
import { type PreviewJson, environmentJson } from "./display/json.ts";
import { type Palette, paletteFor } from "./display/palette.ts";
import { plural } from "./display/policies.ts";
import { progressDisplay } from "./display/progress-line.ts";
import { redactMessages } from "./display/redact.ts";
import { isMandatory } from "./display/verdict.ts";
import { readPolicyPacks } from "./policy-packs.ts";
import { projectFolders } from "./project-folders.ts";
import { sideBySide } from "./side-by-side.ts";
import { writeWholeFile } from "./write-file.ts";

/** What a preview needs of the process it runs in. */
export interface Surroundings {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly providers: Simulated<SimulatedProvider>;
  readonly components: Simulated<ComponentProvider>;
}

export const EXIT_FINE = 0;
export const EXIT_VIOLATION = 1;
export const EXIT_WRONG = 2;

/**
 * How many environments are previewed at a time. Each is a program and its packs, processes that are busy by turns; more
 * of them would only wait for each other, and each takes some 200 MB.
 */
const AT_ONCE = Math.max(3, availableParallelism() + 1);

/**
 * How many programs run at a time where several share a process, and how many processes a pack then has. A program, its
 * pack and this process keep two processors busy.
 */
const SHARED_AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));

/** One environment of one project. */
interface Environment {
  readonly project: Project;
  readonly stack: string;
  /** What it is called on the screen: by its stack, and where several projects are previewed by its project too. */
  readonly label: string;
}

interface Prepared extends Environment {
  readonly request: EnvironmentRequest;
  readonly earlier: { readonly file: string; readonly deployment: EarlierDeployment } | undefined;
}

interface Ran extends Environment {
  readonly outcome: Outcome;
  readonly comparison: { readonly since: string; readonly result: Comparison } | undefined;
}

/**
 * Previews the environments that the arguments name and prints the result.
 *
 * @returns The exit status.
 * @throws InputError with everything that is wrong with the project, its stacks, the packs or the answers; after
 * printing, with every export that cannot be written.
 */
export async function runPreview(args: PreviewArguments, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env } = surroundings;
  const started = performance.now();
  const { folders, passedOver } = projectFolders(args.cwds);
  const prepared = prepare(args, folders, surroundings);
  for (const line of passedOver) {
    stderr.write(`${line}\n`);
  }
  const progress = progressDisplay(
    prepared.map(({ label }) => label),
    stderr,
  );
  // An environment that is previewed alone shares with nobody.
  const shared =
    prepared.length > 1 ? await sharedProcesses(prepared.map(({ project }) => project.root)) : undefined;
  const ran = await sideBySide(
    prepared,
    AT_ONCE,
    async ({ project, stack, label, request, earlier }): Promise<Ran> => {
      const began = performance.now();
      const outcome = redactMessages(
        await previewEnvironment({
          ...request,
          ...(shared === undefined ? {} : { shared }),
          onProgress: (step) => progress.update(label, step),
        }),
        request.config,
      );
      progress.ended(label, (performance.now() - began) / 1000);
      return {
        project,
        stack,
        label,
        outcome,
        comparison:
          earlier === undefined
            ? undefined
            : { since: earlier.file, result: compareDeployments(earlier.deployment, outcome.resources) },
      };
    },
  );
  await shared?.close();
  progress.clear();
  const unwritten =
    args.exportFile === undefined ? [] : exportDeployments(args.exportFile, ran, readPassphrase(env), stderr);
  const exitCode = unwritten.length > 0 ? EXIT_WRONG : exitCodeOf(ran.map(({ outcome }) => outcome));
  if (args.json) {
    const result: PreviewJson = {
      version: 1,
      mode: args.mode,
      exitCode,
      environments: ran.map(({ project: { name, root }, stack, outcome, comparison }) =>
        environmentJson({ project: name, folder: root, stack }, outcome, comparison?.result),
      ),
      passedOver,
    };
    stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  } else {
    const palette = paletteFor(stdout);
    const lines = ran.flatMap((environment) => [
      ...environmentLines({ ...environment, stack: environment.label }, palette),
      "",
    ]);
    stdout.write(`${[...lines, summary(ran, args, started, palette)].join("\n")}\n`);
  }
  if (unwritten.length > 0) {
    throw new InputError(unwritten);
  }
  return exitCode;
}

/** Loaded where it is needed: one environment starts without it. */
async function sharedProcesses(folders: readonly string[]): Promise<SharedProcesses> {
  const module = await import("../engine/shared/shared-processes.ts");
  return new module.SharedProcesses(SHARED_AT_ONCE, folders);
}

function prepare(
  args: PreviewArguments,
  folders: readonly string[],
  surroundings: Surroundings,
): readonly Prepared[] {
  const problems: string[] = [];
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      problems.push(...error.problems);
      return undefined;
    }
  };
  const projects = folders.flatMap((folder) => collect(() => readProject(folder)) ?? []);
  const environments = environmentsOf(args, projects, collect, problems);
  problems.push(...sharedFiles(args, environments, projects.length));
  const packs = collect(() => readPolicyPacks(args.policyPacks, args.policyPackConfigs)) ?? [];
  const answersFile = args.answers;
  const answers = answersFile === undefined ? [] : (collect(() => readAnswers(answersFile)) ?? []);
  const prepared = environments.flatMap((environment): readonly Prepared[] => {
    const { project, stack } = environment;
    const config = collect(() => readStackConfig(project, stack, surroundings.env));
    const earlier = collect(() => readEarlier(args.diffFile, environment, surroundings.env));
    return config === undefined
      ? []
      : [
          {
            ...environment,
            earlier,
            request: {
              project: {
                name: project.name,
                root: project.root,
                main: relative(project.root, project.program) || ".",
                runtimeOptions: project.runtimeOptions,
              },
              stack,
              config,
              packs,
              providers: surroundings.providers,
              components: surroundings.components,
              answers,
              mode: args.mode,
              strict: args.strict,
              signal: surroundings.signal,
              env: surroundings.env,
            },
          },
        ];
  });
  if (problems.length > 0) {
    throw new InputError([...new Set(problems)]);
  }
  return prepared;
}

/** The stacks that the arguments name, or all that have configuration, of every project. */
function environmentsOf(
  args: PreviewArguments,
  projects: readonly Project[],
  collect: <T>(read: () => T) => T | undefined,
  problems: string[],
): readonly Environment[] {
  const namesDiffer = new Set(projects.map(({ name }) => name)).size === projects.length;
  return projects.flatMap((project) => {
    const stacks = args.stacks.length > 0 ? args.stacks : (collect(() => listStacks(project)) ?? []);
    if (stacks.length === 0) {
      problems.push(
        `\`${project.stackConfigFolder}\` holds no Pulumi.<stack>.yaml; name a stack with --stack to preview one without configuration`,
      );
    }
    const place = namesDiffer ? project.name : relative(process.cwd(), project.root) || project.name;
    return stacks.map((stack) => ({
      project,
      stack,
      label: projects.length === 1 ? stack : `${place}/${stack}`,
    }));
  });
}

/** Why exports of several environments would go into, or come from, one file. */
function sharedFiles(
  args: PreviewArguments,
  environments: readonly Environment[],
  projects: number,
): readonly string[] {
  return [["--export", args.exportFile] as const, ["--diff", args.diffFile] as const].flatMap(
    ([option, file]) => {
      const files = new Set(environments.map((environment) => fileOf(file ?? "", environment)));
      if (file === undefined || files.size === environments.length) {
        return [];
      }
      return projects === 1
        ? `\`${option}\` names one file for ${environments.length} stacks; put {stack} into its name, or choose one with --stack`
        : `\`${option}\` names ${files.size} files for ${environments.length} stacks of ${projects} projects; put {project} and {stack} into its name, and give projects of one name a run each`;
    },
  );
}

function fileOf(pattern: string, { project, stack }: Environment): string {
  return pattern.replaceAll(/\{(project|stack)\}/g, (_, what) => (what === "stack" ? stack : project.name));
}

function readEarlier(
  file: string | undefined,
  environment: Environment,
  env: NodeJS.ProcessEnv,
): Prepared["earlier"] {
  if (file === undefined) {
    return undefined;
  }
  const path = fileOf(file, environment);
  return { file: basename(path), deployment: readDeployment(path, readPassphrase(env)) };
}

function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.some((outcome) => outcome.kind === "failed")) {
    return EXIT_WRONG;
  }
  return outcomes.some((outcome) => outcome.violations.some(isMandatory)) ? EXIT_VIOLATION : EXIT_FINE;
}

function summary(ran: readonly Ran[], args: PreviewArguments, started: number, palette: Palette): string {
  const interrupted = ran.filter(({ outcome }) => isInterrupted(outcome)).length;
  const failed = ran.filter(({ outcome }) => outcome.kind === "failed" && !isInterrupted(outcome));
  const violations = ran.flatMap(({ outcome }) => outcome.violations);
  const mandatory = violations.filter(isMandatory).length;
  const unfinished = [
    ...(failed.length > 0 ? [`${failed.map(({ label }) => label).join(", ")} failed`] : []),
    ...(interrupted > 0 ? [`interrupted before ${interrupted} of ${ran.length} ended`] : []),
  ];
  const verdict =
    unfinished.length > 0
      ? palette.bad(unfinished.join(", "))
      : mandatory > 0
        ? palette.bad(plural(mandatory, "mandatory finding"))
        : palette.good("no mandatory finding");
  const others = violations.length - mandatory;
  const advisory = others === 0 ? "" : `, ${plural(others, "advisory finding")}`;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const note =
    args.mode === "resolved" ? "ids and what else only AWS can tell are simulated" : "a first preview";
  return `${plural(ran.length, "environment")} in ${seconds} s: ${verdict}${advisory} ${palette.quiet(`(${note})`)}`;
}

/** Whether nothing is wrong with an environment but that it was not previewed to its end. */
function isInterrupted(outcome: Outcome): boolean {
  return outcome.kind === "failed" && outcome.problems.every(({ kind }) => kind === "interrupted");
}

/** Writes the deployment of each environment that did not fail. @returns Every file that cannot be written, and why. */
function exportDeployments(
  pattern: string,
  ran: readonly Ran[],
  passphrase: string | undefined,
  stderr: NodeJS.WriteStream,
): readonly string[] {
  const problems: string[] = [];
  for (const environment of ran) {
    const { label, outcome } = environment;
    const file = fileOf(pattern, environment);
    if (outcome.kind === "failed") {
      stderr.write(`${label} failed: nothing is written to \`${file}\`\n`);
      continue;
    }
    const { deployment, secrets } = toDeployment(outcome.resources, {
      time: new Date(),
      version: "bastionless-offline",
      passphrase,
    });
    try {
      writeWholeFile(file, `${JSON.stringify(deployment, undefined, 2)}\n`);
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      problems.push(...error.problems);
      continue;
    }
    if (secrets === "unreadable") {
      stderr.write(
        `the secrets in \`${file}\` can be read by nobody: set PULUMI_CONFIG_PASSPHRASE to encrypt them with it\n`,
      );
    }
  }
  return problems;
}
