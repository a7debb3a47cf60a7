import { type Wire, type WireMap, isWireMap } from "../../protocol/wire.ts";
import type { Palette } from "./palette.ts";
import { printable } from "./secrets.ts";
import { visible } from "./visible.ts";

/** The stack's outputs, by name. */
export function outputLines(outputs: WireMap, palette: Palette): readonly string[] {
  const names = Object.keys(outputs).toSorted();
  if (names.length === 0) {
    return [];
  }
  const width = Math.max(...names.map((name) => name.length));
  return [
    palette.heading("outputs"),
    ...names.flatMap((name) =>
      valueLines(visible(name).padEnd(width), printable(outputs[name] ?? null), "  ", palette),
    ),
  ];
}

function valueLines(label: string, value: Wire, indent: string, palette: Palette): readonly string[] {
  if (typeof value === "string") {
    const [first = "", ...rest] = value.split(/\r?\n/).map(visible);
    return rest.length === 0
      ? [`${indent}${label}  ${palette.quiet(first)}`]
      : [
          `${indent}${label}`,
          ...[first, ...rest].map((line) => `${indent}  ${palette.quiet(line)}`.trimEnd()),
        ];
  }
  const entries = entriesOf(value);
  if (entries.length > 0) {
    const width = Math.max(...entries.map(([key]) => key.length));
    return [
      `${indent}${label}`.trimEnd(),
      ...entries.flatMap(([key, element]) =>
        valueLines(visible(key).padEnd(width), element, `${indent}  `, palette),
      ),
    ];
  }
  return [`${indent}${label}  ${palette.quiet(visible(JSON.stringify(value)))}`];
}

/** The elements of a list or an object, each with its label. */
function entriesOf(value: Wire): readonly (readonly [string, Wire])[] {
  if (Array.isArray(value)) {
    return value.map((element: Wire, index) => [String(index), element]);
  }
  return isWireMap(value) ? Object.entries(value) : [];
}
