import type { Wire } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { unixCron } from "../../rules/cron.ts";
import { length, matching, wholeNumber } from "../../rules/formats.ts";
import { atLeastOne, format, needs, together } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { asText } from "../../values.ts";
import { always } from "../common.ts";
import { groupName } from "./group.ts";

/** -1 leaves a size as it is. */
const size = wholeNumber(-1, 2_147_483_647);

/** Names of the IANA database, not offsets. Source: API reference, PutScheduledUpdateGroupAction. */
const timeZone: Format = (value) => {
  const name = asText(value);
  const expected = "is refused: expected a time zone of the IANA database, such as Europe/Berlin";
  if (!/^[A-Za-z]/u.test(name)) {
    return expected;
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) {
      return expected;
    }
    throw error;
  }
};

const instant = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u, "a time in UTC, such as 2026-06-01T00:00:00Z");

function set(value: Wire | undefined): number | undefined {
  const number = value === undefined ? -1 : Number(asText(value));
  return number === -1 ? undefined : number;
}

/** Source: Auto Scaling API reference, PutScheduledUpdateGroupAction; the provider's aws_autoscaling_schedule. */
export const schedule: Model = {
  type: "aws:autoscaling/schedule:Schedule",
  id: (reading) => reading.text("scheduledActionName"),
  rules: [
    format("autoscalingGroupName", groupName),
    format("scheduledActionName", length(1, 255), matching(/^[^:]+$/u, "a name without a colon")),
    format("recurrence", unixCron),
    format("timeZone", timeZone),
    needs("timeZone", ["recurrence"]),
    format("startTime", instant),
    format("endTime", instant),
    atLeastOne(["recurrence", "startTime"]),
    format("minSize", size),
    format("maxSize", size),
    format("desiredCapacity", size),
    together(["minSize", "maxSize", "desiredCapacity"], ([min, max, desired]) => {
      const [least, most, wanted] = [set(min), set(max), set(desired)];
      if (least !== undefined && most !== undefined && least > most) {
        return { property: "minSize", reason: `\`${least}\` is above \`maxSize\`, \`${most}\`: lower it` };
      }
      return wanted !== undefined && (wanted < (least ?? 0) || wanted > (most ?? wanted))
        ? { property: "desiredCapacity", reason: `\`${wanted}\` is outside of \`minSize\` and \`maxSize\`` }
        : undefined;
    }),
    together(["startTime", "endTime"], ([start, end]) =>
      start !== undefined && end !== undefined && asText(start) >= asText(end)
        ? { property: "endTime", reason: "is not after `startTime`" }
        : undefined,
    ),
  ],
  unique: ["autoscalingGroupName", "scheduledActionName"],
  replaces: ["autoscalingGroupName", "scheduledActionName"],
  computed: {
    arn: (reading) =>
      reading.arn(
        "autoscaling",
        `scheduledUpdateGroupAction:${reading.uuid("action")}:autoScalingGroupName/${reading.text("autoscalingGroupName")}:scheduledActionName/${reading.id}`,
      ),
    desiredCapacity: always(0),
    maxSize: always(0),
    minSize: always(0),
    startTime: always("2026-01-01T00:00:00Z"),
    timeZone: always(""),
  },
};
