import { holdsPermissions } from "./estate/facts.ts";
import { isIamLoaded, loadIam } from "./iam.ts";

/** What a callback answers: at once, or when what it needs is there. */
export type MaybeLater = Promise<void> | void;

/**
 * Runs a callback that reads these resources, with the `iam` room where one of them needs it. Waits once; after that
 * callbacks run without a wait.
 */
export function withIamFor(resources: readonly { readonly type: string }[], run: () => void): MaybeLater {
  return isIamLoaded() || !resources.some(({ type }) => holdsPermissions(type)) ? run() : loadIam().then(run);
}
