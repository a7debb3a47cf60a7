/** Splits a command line at blanks, as a shell does: quotes group, a backslash takes the next character as it is. */
export function splitArguments(text: string): readonly string[] {
  const found: string[] = [];
  for (const [word] of text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gu)) {
    found.push(
      word.replaceAll(
        /\\(?<plain>.)|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'/gu,
        (_match, plain: string | undefined, double: string | undefined, single: string | undefined) =>
          plain ?? double?.replaceAll(/\\(["\\$`])/gu, "$1") ?? single ?? "",
      ),
    );
  }
  return found;
}
