/**
 * A step that is done once, when it is first asked for, however many tests ask: a lifecycle's tests share one
 * deployment, and each still runs alone (`mocha -g`). A step that failed fails every test that needs it.
 */
export function once<T>(step: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= step());
}
