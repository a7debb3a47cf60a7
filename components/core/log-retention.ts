import type { Check } from "./problems.ts";

/** The days that CloudWatch Logs keeps events for. Source: CloudWatch Logs API reference, PutRetentionPolicy. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A number of days that CloudWatch Logs accepts. */
export const logRetentionDays: Check<number> = (value) => {
  if (LOG_RETENTION_DAYS.includes(value)) {
    return undefined;
  }
  const next = LOG_RETENTION_DAYS.find((days) => days > value) ?? LOG_RETENTION_DAYS.at(-1);
  return {
    expected: `a number of days that CloudWatch Logs accepts: ${LOG_RETENTION_DAYS.join(", ")}`,
    remedy: `choose one of them, such as ${next}`,
  };
};
