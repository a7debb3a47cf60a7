import * as pulumi from "@pulumi/pulumi";
import {
  type Deployment,
  planBastionlessInstance,
  planPrivateNetwork,
  planSessionAccess,
  planSessionDocument,
  planSessionLogging,
} from "@bastionless/components";
import {
  accessPaths,
  FORWARD_PATHS,
  INSTANCE_PATHS,
  LOGGING_PATHS,
  NETWORK_PATHS,
  type Paths,
  SHELL_PATHS,
  TUNNEL_PATHS,
} from "./paths.ts";
import type { ConfigProblem } from "./shape.ts";
import type { EnvironmentConfig } from "./config.ts";

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Names under which this program makes roles of its own. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  "auditors",
  "network-flow-logs",
  "operators",
  "tunnels",
]);

/** Stands for what the program will pass from one component to the next. */
const PREFERENCES = { cloudWatchLogGroupName: "/log/group" };
const PLACEHOLDER = {
  vpcId: "vpc-00000000",
  subnetIds: ["subnet-00000000"],
  instancesSecurityGroupId: "sg-00000000",
};

/**
 * Runs every component's plan, which registers nothing, and says under which key what a plan objects to was written.
 */
export function checkPlans(
  project: string,
  config: EnvironmentConfig,
  deployment: Deployment,
  problems: ConfigProblem[],
): void {
  const check = (plan: () => unknown, paths: Paths, otherwise: string): void => {
    for (const problem of problemsOf(plan)) {
      problems.push(renamed(project, problem, paths, otherwise));
    }
  };
  check(() => planSessionLogging("logging", config.logging, deployment), LOGGING_PATHS, "");
  check(() => planPrivateNetwork("network", config.network, deployment), NETWORK_PATHS, "");
  check(
    () =>
      planSessionDocument(
        "shell",
        { ...config.common, shell: { ...config.shell, logging: PREFERENCES } },
        deployment,
      ),
    SHELL_PATHS,
    "",
  );
  if (config.forward !== undefined) {
    const port = config.forward;
    check(() => planSessionDocument("forward", { ...config.common, port }, deployment), FORWARD_PATHS, "");
  }
  for (const [name, tunnel] of Object.entries(config.tunnels)) {
    checkName(project, "tunnels", name, problems);
    check(() => planSessionDocument(`tunnel-${name}`, tunnel, deployment), TUNNEL_PATHS, `tunnels.${name}`);
  }
  const zones = Math.min(3, Math.max(1, config.zones));
  for (const [name, instance] of Object.entries(config.instances)) {
    checkName(project, "instances", name, problems);
    check(
      () => planBastionlessInstance(name, { ...instance, network: { ...PLACEHOLDER, zones } }, deployment),
      INSTANCE_PATHS,
      `instances.${name}`,
    );
  }
  for (const { name, prefix, args } of config.access) {
    const documents = [{ documentName: "document", sessionType: "Port" as const }];
    check(() => planSessionAccess(name, { ...args, documents }, deployment), accessPaths(prefix), "");
  }
}

function checkName(project: string, key: string, name: string, problems: ConfigProblem[]): void {
  if (!NAME.test(name)) {
    problems.push({
      path: `${project}:${key}.${name}`,
      reason: `\`${name}\`, expected a name of lower-case letters, digits and single hyphens, a letter first; rename it`,
    });
  } else if (key === "instances" && RESERVED_NAMES.has(name)) {
    problems.push({
      path: `${project}:${key}.${name}`,
      reason: `\`${name}\`, expected another name, as a role of this environment has this one; rename it`,
    });
  }
}

function problemsOf(plan: () => unknown): readonly ConfigProblem[] {
  try {
    plan();
    return [];
  } catch (error) {
    if (pulumi.InputPropertiesError.isInstance(error)) {
      return error.errors.map(({ propertyPath, reason }) => ({ path: propertyPath, reason }));
    }
    throw error;
  }
}

/** The problem as the configuration puts it: the path of the key, and keys where the reason names arguments. */
function renamed(project: string, problem: ConfigProblem, paths: Paths, owner: string): ConfigProblem {
  const [argument, name] = Object.entries(paths)
    .toSorted(([left], [right]) => right.length - left.length)
    .find(
      ([start]) => problem.path.startsWith(start) && /^(?:$|[.[])/.test(problem.path.slice(start.length)),
    ) ?? ["", "."];
  const rest = problem.path.slice(argument.length);
  const key = name === "." ? join(owner, rest) : `${name}${rest}`;
  const reason = Object.entries(paths).reduce(
    (text, [start, called]) =>
      called === "." ? text.replaceAll(`\`${start}.`, "`") : text.replaceAll(`\`${start}\``, `\`${called}\``),
    problem.reason,
  );
  return { path: `${project}:${key}`, reason };
}

function join(key: string, rest: string): string {
  return key === "" || rest === "" || rest.startsWith("[") || rest.startsWith(".")
    ? `${key}${rest}`
    : `${key}.${rest}`;
}
