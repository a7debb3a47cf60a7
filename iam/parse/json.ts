import type { Report } from "./report.ts";

interface Frame {
  readonly object: boolean;
  readonly keys: Set<string>;
  at: string | number;
}

const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * Finds what `JSON.parse` changes in silence: of a key that occurs twice in one object it keeps the last one, which AWS
 * rejects; of a number it keeps the nearest one, written its own way, which as text is another value.
 *
 * @param text Valid JSON. Read once, without recursion.
 */
export function reportLosses(text: string, report: Report): void {
  const stack: Frame[] = [];
  let expectKey = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    const frame = stack.at(-1);
    if (char === '"') {
      const end = endOfString(text, index);
      if (frame?.object === true && expectKey) {
        const key: unknown = JSON.parse(text.slice(index, end + 1));
        frame.at = String(key);
        if (frame.keys.has(frame.at)) {
          report.error(
            "duplicate-key",
            pathOf(stack),
            "this key is there twice, and only one of the values can count",
          );
        }
        frame.keys.add(frame.at);
        expectKey = false;
      }
      index = end;
    } else if (char !== undefined && /[-\d]/.test(char)) {
      NUMBER.lastIndex = index;
      const [written = char] = NUMBER.exec(text) ?? [];
      const read = String(Number(written));
      if (read !== written) {
        report.error(
          "bad-value",
          pathOf(stack),
          `\`${written.slice(0, 80)}\` may be read as \`${read}\`; write it as text, in quotes`,
        );
      }
      index += written.length - 1;
    } else if (char === "{" || char === "[") {
      stack.push({ object: char === "{", keys: new Set(), at: 0 });
      expectKey = char === "{";
    } else if (char === "}" || char === "]") {
      stack.pop();
      expectKey = false;
    } else if (char === "," && frame !== undefined) {
      expectKey = frame.object;
      if (typeof frame.at === "number") {
        frame.at += 1;
      }
    }
  }
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') {
    index += text[index] === "\\" ? 2 : 1;
  }
  return index;
}

function pathOf(stack: readonly Frame[]): string {
  return stack.reduce((path, frame) => child(path, frame.at), "$");
}

/** The JSON path of a member: `.Name` where that is an identifier, else `["name"]` or `[0]`. */
export function child(path: string, key: string | number): string {
  if (typeof key === "number") {
    return `${path}[${key}]`;
  }
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
