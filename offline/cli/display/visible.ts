/** What a terminal obeys instead of showing it; a tab is what it looks like. */
const OBEYED = /[^\P{Cc}\t]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * Text as one line that a terminal shows as it is. Names and values come from programs and their configuration: one that
 * moves the cursor, clears the screen or turns the direction of writing could show other findings than there are.
 */
export function visible(text: string): string {
  return text.replace(OBEYED, (sign) => `\\u{${sign.charCodeAt(0).toString(16)}}`);
}
