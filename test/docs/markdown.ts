/** Pieces of Markdown that generated pages are made of. */

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** As the formatter of the repository writes a table. */
export function alignedTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(cellText));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...others.map(line)].join("\n");
}

function cellText(cell: string): string {
  return cell.replaceAll("|", String.raw`\|`).replaceAll("\n", " ");
}

export function paragraphs(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

export function code(text: string, language: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Outside of code spans, what Markdown would take for tags or emphasis. */
export function escape(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll(/[*_<]/g, String.raw`\$&`)))
    .join("");
}
