const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 date or of epoch seconds; undefined where it is neither.
 *
 * Source: IAM User Guide, "Date condition operators" (W3C's profile of ISO 8601, or epoch).
 */
export function parseInstant(text: string): number | undefined {
  if (/^-?\d{1,15}$/.test(text)) {
    return Number(text) * 1000;
  }
  const parts = ISO.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = parts;
  const offset = zone === "Z" || zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const milliseconds = fraction.slice(0, 3).padEnd(3, "0");
  const value = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  if (Number.isNaN(value)) {
    return undefined;
  }
  // `Date.parse` takes 30 February for 2 March.
  const given = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(given).getUTCDate() === Number(day) ? value : undefined;
}

export function formatInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** A decimal number, surrounded by nothing; undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  return text.length <= 40 && NUMBER.test(text) ? Number(text) : undefined;
}
