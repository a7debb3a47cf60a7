import assert from "node:assert/strict";
import { lifecycleRules } from "../../../components/logging/lifecycle.ts";

const PLAN = { keyPrefix: undefined, objectLock: undefined, forceDestroy: false };

describe("the lifecycle of logs", () => {
  it("moves, expires, and clears up what versions and uploads leave behind", () => {
    assert.deepEqual(
      lifecycleRules({ ...PLAN, coldStorage: { days: 90, storageClass: "GLACIER_IR" }, expirationDays: 365 }),
      [
        {
          id: "logs",
          status: "Enabled",
          filter: { prefix: "" },
          transitions: [{ days: 90, storageClass: "GLACIER_IR" }],
          expiration: { days: 365 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
        {
          id: "remains",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { expiredObjectDeleteMarker: true },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    );
  });

  it("keeps logs for ever where nothing else is asked for", () => {
    assert.deepEqual(lifecycleRules({ ...PLAN, coldStorage: undefined, expirationDays: undefined })[0], {
      id: "logs",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
    });
  });
});
