import type { InputChange } from "./rules/rule.ts";

/**
 * Sets values in a resource's inputs, as @pulumi/policy hands them to a remediation: through its proxies, under which a
 * secret stays one when it is set, and everything that is not named stays what it was.
 *
 * A change whose way leads through a value that is not known, or is no map, is left out: that value is not the
 * policy's to replace.
 *
 * @returns whether any was made.
 */
export function applyChanges(props: object, changes: readonly InputChange[]): boolean {
  return changes.map((change) => applyChange(props, change)).includes(true);
}

function applyChange(props: object, { path, value }: InputChange): boolean {
  const missing: string[] = [];
  let owner = props;
  for (const key of path.slice(0, -1)) {
    const next = missing.length > 0 ? undefined : step(owner, key);
    if (next === "blocked") {
      return false;
    }
    if (next === undefined) {
      missing.push(key);
    } else {
      owner = next;
    }
  }
  const last = path.at(-1) ?? "";
  const [first, ...rest] = [...missing, last];
  return first !== undefined && Reflect.set(owner, first, nested(rest, value));
}

/** The map or list under a key; undefined where nothing is there. */
function step(owner: object, key: string): object | "blocked" | undefined {
  let value: unknown;
  try {
    value = Reflect.get(owner, key);
  } catch {
    return "blocked"; // What the proxies do for a value that is not known.
  }
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === "object" ? value : "blocked";
}

function nested(path: readonly string[], value: InputChange["value"]): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}
