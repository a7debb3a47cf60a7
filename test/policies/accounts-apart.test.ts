import assert from "node:assert/strict";
import type { Example, ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { EXAMPLES } from "@bastionless/policies/rules/examples/index.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { Rule } from "@bastionless/policies/rules/rule.ts";
import { assuming } from "./support/environments.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

/*
 * Law: what is found of two accounts, or of two Regions of one account, in one program is what is found of each alone,
 * whatever names they share. The good one does not hide the bad one, nor does the bad one blame the good one.
 */

interface Side {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

const HERE: Side = { name: "here", account: "123456789012", region: "eu-central-1" };
const ELSEWHERE: Side = { name: "elsewhere", account: "999999999999", region: "eu-central-1" };
const OVERSEAS: Side = { name: "overseas", account: "123456789012", region: "us-east-2" };

/** What is unique in the whole world, other than names: ids that AWS gives. */
const IDS =
  /\b(i|sg|sgr|vpc|vpce|subnet|eni|lt|eipalloc|fleet|sir|sfr|mi|key)-([0-9a-f]+)\b|\b([0-9a-f]{8})-([0-9a-f-]{27})\b/g;

/** The example in an account and Region: names of IAM and of a Region stay, what is unique everywhere changes. */
function placed({ resources }: Example, side: Side): readonly ExampleResource[] {
  const buckets = resources.flatMap(({ props }) =>
    typeof props["bucket"] === "string" ? [props["bucket"]] : [],
  );
  const named = new Set([
    ...buckets,
    ...[...JSON.stringify(resources).matchAll(/s3BucketName[\\":\s]+([a-z0-9.-]+)/g)].map(
      ([, name = ""]) => name,
    ),
  ]);
  const provider = assuming(side.name, side.account, side.region);
  const text = JSON.stringify(resources)
    .replaceAll("123456789012", side.account)
    .replaceAll(/\beu-(?:central|west)-1\b/g, side.region)
    .replaceAll(IDS, (id) => (side === HERE ? id : `${id.slice(0, -2)}${side === ELSEWHERE ? "ee" : "00"}`));
  const renamed = [...named]
    .filter((name) => name !== "" && !name.startsWith("arn:"))
    .toSorted((one, other) => other.length - one.length)
    .reduce((all, name) => all.replaceAll(name, `${name}-${side.name}`), text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same shape, with other names
  const made = JSON.parse(renamed) as readonly ExampleResource[];
  const call = (name: string): string => `${side.name}:${name}`;
  return made.map((resource) => ({
    ...resource,
    name: call(resource.name),
    provider,
    ...(resource.from === undefined
      ? {}
      : {
          from: Object.fromEntries(
            Object.entries(resource.from).map(([property, names]) => [property, names.map(call)]),
          ),
        }),
    ...(resource.dependsOn === undefined ? {} : { dependsOn: resource.dependsOn.map(call) }),
  }));
}

/** Examples of several accounts are programs of their own. */
function isPlain({ type, provider }: ExampleResource, there: Side): boolean {
  return provider === undefined && (there.account !== HERE.account || !OF_ACCOUNTS.test(type));
}

/** What two Regions of an account share: names of IAM, and settings of the account. */
const OF_ACCOUNTS = /^aws:(iam|ssoadmin|s3\/accountPublicAccessBlock)/;

function told(
  rule: Rule,
  resources: readonly ExampleResource[],
  config: Example["config"] = {},
): readonly string[] {
  return runRules([rule], toStack(resources), { [rule.id]: config })
    .map(({ on, kind, by, message }) => `${on} ${kind} ${by} ${message}`)
    .toSorted();
}

for (const [what, there] of [
  ["two accounts", ELSEWHERE],
  ["two Regions", OVERSEAS],
] as const) {
  describe(`in a program of ${what}`, () => {
    for (const rule of RULES) {
      it(`${rule.id} finds of each what it finds of each alone`, () => {
        const examples = (EXAMPLES.get(rule.id) ?? []).filter(({ resources }) =>
          resources.every((resource) => isPlain(resource, there)),
        );
        for (const [index, example] of examples.entries()) {
          const others = [
            example,
            examples[(index + 1) % examples.length],
            examples[(index + 3) % examples.length],
          ];
          for (const other of others) {
            if (other === undefined || JSON.stringify(other.config) !== JSON.stringify(example.config)) {
              continue;
            }
            const here = placed(example, HERE);
            const elsewhere = placed(other, there);
            assert.deepEqual(
              told(rule, [...here, ...elsewhere], example.config),
              [...told(rule, here, example.config), ...told(rule, elsewhere, example.config)].toSorted(),
              `${example.title}, beside: ${other.title}`,
            );
          }
        }
      });
    }
  });
}
