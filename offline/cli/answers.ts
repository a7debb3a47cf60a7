import { InputError } from "../project/input-error.ts";
import { isMapping, readYamlFile } from "../project/yaml-file.ts";
import type { LookupAnswer } from "../protocol/provider.ts";
import { toWireMap } from "../protocol/plain-data.ts";

const KEYS: ReadonlySet<string> = new Set(["token", "args", "result"]);

/**
 * The answers of an `--answers` file: `answers:`, a list of `token`, `result` and, where the answer is for certain
 * arguments only, `args`.
 *
 * @throws InputError with every entry that is not of that form.
 */
export function readAnswers(file: string): readonly LookupAnswer[] {
  const content = readYamlFile(file);
  const list = isMapping(content) ? content["answers"] : content;
  if (!Array.isArray(list)) {
    throw new InputError([
      `\`${file}\`: expected \`answers:\` with a list of \`token\`, \`args\`, \`result\``,
    ]);
  }
  const problems: string[] = [];
  const answers = list.flatMap((entry: unknown, index): readonly LookupAnswer[] => {
    const place = `\`${file}\`: answers[${index}]`;
    if (!isMapping(entry)) {
      problems.push(`${place} is no mapping; expected \`token\`, \`args\`, \`result\``);
      return [];
    }
    const { token, args, result } = entry;
    for (const key of Object.keys(entry).filter((name) => !KEYS.has(name))) {
      problems.push(`${place}.${key} is not read; expected \`token\`, \`args\`, \`result\``);
    }
    if (typeof token !== "string" || !/^[^:]+:[^:]+:[^:]+$/.test(token)) {
      problems.push(
        `${place}.token is ${JSON.stringify(token)}; expected a token such as \`aws:ec2/getVpc:getVpc\``,
      );
    }
    if (args !== undefined && !isMapping(args)) {
      problems.push(`${place}.args is ${JSON.stringify(args)}; expected a mapping`);
    }
    if (!isMapping(result)) {
      problems.push(`${place}.result is ${JSON.stringify(result)}; expected a mapping`);
    }
    return [
      {
        token: String(token),
        ...(isMapping(args) ? { args: toWireMap(args) } : {}),
        result: isMapping(result) ? toWireMap(result) : {},
      },
    ];
  });
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return answers;
}
