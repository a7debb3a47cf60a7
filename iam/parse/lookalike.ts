/**
 * Whether a name that AWS writes in ASCII has another character: a Cyrillic `а`, a zero-width space, a Kelvin sign that
 * becomes a `k` in lower case.
 */
export function hasLookalike(name: string): boolean {
  return /\P{ASCII}/u.test(name);
}
