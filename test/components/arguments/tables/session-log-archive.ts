import { planSessionLogArchive, SessionLogArchive } from "@bastionless/components";
import { type BadInput, row, told } from "../bad-input.ts";
import { COMMON, KEY_DAYS } from "./common.ts";
import { BUCKET_CONFLICTS, BUCKET_DAYS } from "./session-logging.ts";

const accounts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${111_122_220_000 + index}`);

export const SESSION_LOG_ARCHIVE: BadInput = {
  component: "SessionLogArchive",
  right: { accountIds: ["444455556666"] },
  plan: planSessionLogArchive,
  construct: SessionLogArchive,
  names: { takes: ["n", "n".repeat(300)], refuses: [""] },
  rows: {
    ...COMMON,
    ...KEY_DAYS,
    ...BUCKET_DAYS,
    accountIds: row(
      [accounts(1), accounts(100)],
      [[], accounts(101), told(["444455556666", "444455556666"], "accountIds[1]")],
    ),
    "accountIds[]": row(
      ["000000000001"],
      ["", "44445555666", "4444555566667", "4444-5555-6666", "a44455556666", "444455556666\n"],
    ),
    organizationId: row(
      [`o-${"a".repeat(10)}`, `o-${"a1".repeat(16)}`],
      ["", `o-${"a".repeat(9)}`, `o-${"a".repeat(33)}`, "O-A1B2C3D4E5", "r-a1b2c3d4e5", "o-a1b2c3d4e5 "],
    ),
  },
  unlimited: {},
  conflicts: BUCKET_CONFLICTS,
};
