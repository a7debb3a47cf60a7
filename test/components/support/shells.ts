import { execFileSync } from "node:child_process";

/**
 * What shells make of a command line: the words that the program is given. Of PowerShell's and cmd's grammar this knows
 * what the components' commands need; anything else it refuses, rather than to let a test pass.
 */

/** A command in a line, as `$(…)` of a POSIX shell and PowerShell: its output stands in its place. */
const SUBSTITUTED = "i-0a1b2c3d4e5f60718";

export function posixWords(line: string): readonly string[] {
  return execFileSync("sh", ["-c", `aws() { echo ${SUBSTITUTED}; }\nprintf '%s\\n' ${line}`], {
    encoding: "utf8",
  })
    .split("\n")
    .slice(0, -1);
}

/**
 * PowerShell's words of a command, in argument mode. Sources: PowerShell's documentation, about_Parsing,
 * about_Quoting_Rules and about_Special_Characters; PowerShell issue 6291 for a hyphen with a dot behind it.
 */
export function powerShellWords(line: string): readonly string[] {
  return wordsOf(line, (word) => {
    const quoted = /^"([^"]*)"$/u.exec(word)?.[1];
    if (quoted !== undefined) {
      // Within double quotes, a dollar sign begins a variable and a grave accent an escape.
      return /[$`“”„]/u.test(quoted) ? undefined : quoted;
    }
    if (/^\$\(aws [^()]*\)$/u.test(word)) {
      powerShellWords(word.slice(2, -1));
      return SUBSTITUTED;
    }
    // A comma makes an array, an at sign splats, a hash begins a comment, and a parameter ends at a dot or a colon.
    const special = /[\s`$;|&<>(){}'"“”‘’,]|^[@#]|^-[^-].*[.:]|^--%$/u.test(word);
    return special ? undefined : word;
  });
}

/**
 * The words that a program gets from cmd, typed at its prompt. Sources: Microsoft's documentation of cmd, "Remarks";
 * "Parsing C command-line arguments". cmd has no `$(…)`.
 */
export function cmdWords(line: string): readonly string[] {
  return wordsOf(line, (word) => {
    const quoted = /^"([^"\\]*)"$/u.exec(word)?.[1];
    const text = quoted ?? word;
    // Two percent signs make a variable, also within quotes; the rest ends a command or redirects it.
    const special = /%[^%]+%|[\r\n]/u.test(text) || (quoted === undefined && /[\s&|<>^()"%!,;=]/u.test(text));
    return special ? undefined : text;
  });
}

function wordsOf(line: string, read: (word: string) => string | undefined): readonly string[] {
  const words = line.match(/"[^"]*"|\$\((?:[^()"]|"[^"]*")*\)|[^\s"]+/gu) ?? [];
  if (words.join(" ") !== line) {
    throw new SyntaxError(`not words with a space between them: ${line}`);
  }
  return words.map((word) => {
    const text = read(word);
    if (text === undefined) {
      throw new SyntaxError(`the shell reads something in \`${word}\` of: ${line}`);
    }
    return text;
  });
}
