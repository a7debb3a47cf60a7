import type { Change, Comparison, PropertyChange } from "../deployment/compare.ts";
import type { Palette } from "./palette.ts";
import { nameOf, plural } from "./policies.ts";
import { printable } from "./secrets.ts";
import { shortType } from "./tree.ts";
import { visible } from "./visible.ts";

/** What changed since an earlier export. */
export function changeLines(comparison: Comparison, since: string, palette: Palette): readonly string[] {
  const count = (kind: Change["kind"]): number =>
    comparison.changes.filter((change) => change.kind === kind).length;
  const notCompared =
    comparison.notCompared === 0
      ? []
      : [
          `  ${palette.doubt("?")} ${plural(comparison.notCompared, "secret")} of \`${since}\` not compared: set PULUMI_CONFIG_PASSPHRASE to what it was exported with`,
        ];
  return [
    `${palette.heading("changes")} ${palette.quiet(`since ${since}`)}`,
    ...comparison.changes.flatMap((change) => changeLine(change, palette)),
    `  ${plural(count("created"), "resource")} to create, ${count("updated")} to update, ${count("deleted")} to delete, ${comparison.unchanged} unchanged`,
    ...notCompared,
  ];
}

function changeLine(change: Change, palette: Palette): readonly string[] {
  const what = `${nameOf(change.urn)} ${palette.quiet(shortType(change.type))}`;
  switch (change.kind) {
    case "created":
      return [`  ${palette.good("+")} ${what}`];
    case "deleted":
      return [`  ${palette.bad("-")} ${what}`];
    case "updated": {
      const renamed = change.from === undefined ? "" : ` ${palette.quiet(`was ${nameOf(change.from)}`)}`;
      return [
        `  ${palette.doubt("~")} ${what}${renamed}`,
        ...change.properties.map((property) => `      ${propertyLine(property, palette)}`),
      ];
    }
  }
}

function propertyLine({ property, before, after }: PropertyChange, palette: Palette): string {
  const left = before === undefined ? palette.quiet("(absent)") : visible(JSON.stringify(printable(before)));
  const right = after === undefined ? palette.quiet("(absent)") : visible(JSON.stringify(printable(after)));
  return `${visible(property)}: ${left} ${palette.quiet("→")} ${right}`;
}
