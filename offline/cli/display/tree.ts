import type { ResourceRecord, Violation } from "../../engine/index.ts";
import { verdictLine } from "./verdict.ts";
import { visible } from "./visible.ts";
import type { Palette } from "./palette.ts";

const PROVIDER_PREFIX = "pulumi:providers:";

/** The resources of one environment as a tree, each with what policies found on it. */
export function resourceTree(
  resources: readonly ResourceRecord[],
  violations: readonly Violation[],
  palette: Palette,
): readonly string[] {
  const shown = resources.filter((resource) => !isDefaultProvider(resource));
  const known = new Set(shown.map((resource) => resource.urn));
  const children = Map.groupBy(shown, (resource) => (known.has(resource.parent) ? resource.parent : ""));
  const findings = Map.groupBy(violations, (violation) => violation.urn);
  const lines: string[] = [];

  const branch = (parent: string, indent: string): void => {
    const siblings = children.get(parent) ?? [];
    for (const [index, resource] of siblings.entries()) {
      const last = index === siblings.length - 1;
      lines.push(`${palette.quiet(indent + (last ? "└─ " : "├─ "))}${resourceLine(resource, palette)}`);
      const below = indent + (last ? "   " : "│  ");
      for (const violation of findings.get(resource.urn) ?? []) {
        lines.push(`${palette.quiet(below)}${verdictLine(violation, palette)}`);
      }
      branch(resource.urn, below);
    }
  };
  branch("", "");
  return lines;
}

function isDefaultProvider(resource: ResourceRecord): boolean {
  return resource.type.startsWith(PROVIDER_PREFIX) && /^default(_|$)/.test(resource.name);
}

function resourceLine(resource: ResourceRecord, palette: Palette): string {
  const marks = [
    resource.options.protect ? "protected" : "",
    resource.external ? "read" : "",
    resource.options.retainOnDelete ? "retained" : "",
  ].filter((mark) => mark !== "");
  const suffix = marks.length === 0 ? "" : ` (${marks.join(", ")})`;
  return `${visible(resource.name)} ${palette.quiet(shortType(resource.type) + suffix)}`;
}

/** `aws:ec2/vpc:Vpc` as people write it, `aws:ec2:Vpc`. */
export function shortType(type: string): string {
  const [packageName, module, name] = visible(type).split(":");
  if (packageName === undefined || module === undefined || name === undefined) {
    return visible(type);
  }
  const folder = module.split("/")[0];
  return folder === "index" || folder === undefined
    ? `${packageName}:${name}`
    : `${packageName}:${folder}:${name}`;
}
