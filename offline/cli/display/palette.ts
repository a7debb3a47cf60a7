import { styleText } from "node:util";

/** The few styles of the output. Without a terminal, or with NO_COLOR, each returns its text as it is. */
export interface Palette {
  heading(text: string): string;
  quiet(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  doubt(text: string): string;
}

type Style = Parameters<typeof styleText>[0];

export function paletteFor(stream: NodeJS.WriteStream): Palette {
  const painter = (style: Style) => (text: string) => styleText(style, text, { stream });
  return {
    heading: painter("bold"),
    quiet: painter("dim"),
    good: painter("green"),
    bad: painter("red"),
    doubt: painter("yellow"),
  };
}

export const PLAIN: Palette = {
  heading: (text) => text,
  quiet: (text) => text,
  good: (text) => text,
  bad: (text) => text,
  doubt: (text) => text,
};
