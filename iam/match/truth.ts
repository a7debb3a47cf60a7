/** Three-valued: `unknown` where a value or a meaning is not known. */
export type Truth = boolean | "unknown";

export function not(truth: Truth): Truth {
  return truth === "unknown" ? truth : !truth;
}

export function anyOf<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let result: Truth = false;
  for (const item of items) {
    const truth = test(item);
    if (truth === true) {
      return true;
    }
    if (truth === "unknown") {
      result = truth;
    }
  }
  return result;
}

export function allOf<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  return not(anyOf(items, (item) => not(test(item))));
}
