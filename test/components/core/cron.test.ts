import assert from "node:assert/strict";
import fc from "fast-check";
import { timeZone, unixCron } from "../../../components/core/cron.ts";

describe("a recurrence", () => {
  for (const cron of [
    "* * * * *",
    "0 20 * * *",
    "59 23 31 12 6",
    "0 0 1 1 0",
    "*/5 * * * *",
    "0 8-18/2 * * MON-FRI",
    "0,30 9,17 * JAN,Jul sun",
    "15/20 * * * *",
    "0 0 29 2 *",
    "0 0 31 2,3 *",
    // Where both days are given, either one counts.
    "0 0 30 2 MON",
    "  0   20 * * *  ",
  ]) {
    it(`is ${JSON.stringify(cron)}`, () => {
      assert.equal(unixCron(cron), undefined);
    });
  }

  for (const [cron, where] of [
    ["", "five fields"],
    ["0 20 * *", "five fields"],
    ["0 0 20 * * *", "five fields"],
    ["cron(0 20 * * ? *)", "five fields"],
    ["@daily", "five fields"],
    ["60 * * * *", "minute"],
    ["-1 * * * *", "minute"],
    ["* 24 * * *", "hour"],
    ["* * 0 * *", "day of the month"],
    ["* * 32 * *", "day of the month"],
    ["* * ? * *", "day of the month"],
    ["* * L * *", "day of the month"],
    ["* * * 0 *", "month"],
    ["* * * 13 *", "month"],
    ["* * * MAI *", "month"],
    ["* * * * 7", "day of the week"],
    ["* * * * MONDAY", "day of the week"],
    ["* * * * FRI-MON", "day of the week"],
    ["*/0 * * * *", "minute"],
    ["*/5/2 * * * *", "minute"],
    ["1-2-3 * * * *", "minute"],
    ["1,,2 * * * *", "minute"],
    ["1.5 * * * *", "minute"],
    ["0 0 30 2 *", "a day that one of its months has"],
    ["0 0 31 4,6,9,11 *", "a day that one of its months has"],
  ] as const) {
    it(`is not ${JSON.stringify(cron)}, for its ${where}`, () => {
      const fault = unixCron(cron);
      assert.ok(fault !== undefined);
      assert.ok(fault.expected.includes(where), fault.expected);
    });
  }

  it("may name any value of any field, and no other", () => {
    const limits = [
      [0, 59],
      [0, 23],
      [1, 31],
      [1, 12],
      [0, 6],
    ] as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 99 }), (field, value) => {
        const [least, most] = limits[field] ?? [0, 0];
        const fields = ["*", "*", "*", "*", "*"];
        fields[field] = String(value);
        assert.equal(unixCron(fields.join(" ")) === undefined, value >= least && value <= most);
      }),
    );
  });
});

describe("a time zone", () => {
  for (const zone of ["Europe/Berlin", "Etc/UTC", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+9"]) {
    it(`is ${zone}`, () => {
      assert.equal(timeZone(zone), undefined);
    });
  }
  for (const zone of ["", "Berlin", "CET", "+01:00", "europe/berlin", "Europe/Atlantis", "../etc/passwd"]) {
    it(`is not ${JSON.stringify(zone)}`, () => {
      assert.ok(timeZone(zone) !== undefined);
    });
  }
});
