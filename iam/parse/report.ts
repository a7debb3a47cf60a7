import type { Problem, ProblemCode } from "./problem.ts";

/** More than this many problems of one document help nobody, and a hostile one could hold millions. */
const MOST = 100;

/** Collects the problems of one document. */
export class Report {
  readonly problems: Problem[] = [];
  failed = false;

  error(code: ProblemCode, path: string, message: string): void {
    this.failed = true;
    this.add({ code, severity: "error", path, message });
  }

  warning(code: ProblemCode, path: string, message: string): void {
    this.add({ code, severity: "warning", path, message });
  }

  private add(problem: Problem): void {
    if (this.problems.length < MOST) {
      this.problems.push(problem);
    }
  }
}

/** A value as a message shows it: JSON, cut short. */
export function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "a list" : "an object";
  }
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return `\`${text.length > 80 ? `${text.slice(0, 77)}…` : text}\``;
}
