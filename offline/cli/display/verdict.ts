import type { Violation } from "../../engine/index.ts";
import type { Palette } from "./palette.ts";

/** The first line of one finding. The whole message stands in the list of findings below the tree. */
export function verdictLine(violation: Violation, palette: Palette): string {
  return `${mark(violation, palette)} ${violation.policy}`;
}

export function mark(violation: Violation, palette: Palette): string {
  return violation.enforcement === "advisory" ? palette.doubt("!") : palette.bad("✗");
}

/** Whether a finding stops a deployment. */
export function isMandatory(violation: Violation): boolean {
  return violation.enforcement === "mandatory" || violation.enforcement === "remediate";
}
