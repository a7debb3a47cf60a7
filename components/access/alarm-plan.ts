import type { Input } from "@pulumi/pulumi";
import { arnOf } from "../core/checks.ts";
import { physicalName } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import { emailAddresses } from "../notifications/email-addresses.ts";
import type { AccessAlarmArgs, SessionAccessArgs } from "./args.ts";

/** What a break-glass role's use is told to: a topic that is there, or one that is made for the addresses. */
export type AlarmTopicPlan =
  | { readonly kind: "given"; readonly arn: Input<string> }
  | {
      readonly kind: "own";
      readonly name: string;
      readonly aliasName: string;
      readonly emails: readonly string[];
    };

export interface AccessAlarmPlan {
  readonly topic: AlarmTopicPlan;
  readonly ruleName: string;
}

const topicArn = arnOf("sns", "arn:aws:sns:eu-west-1:111122223333:alarms");

/** A break-glass access is a role that nobody uses unheard; nothing else has an alarm. */
export function planAlarm(
  problems: Problems,
  name: string,
  args: SessionAccessArgs,
  prefix: string,
): AccessAlarmPlan | undefined {
  const { alarm } = args;
  if (args.profile === "break-glass") {
    if (alarm === undefined) {
      problems.add("alarm", undefined, {
        expected: "somebody who is told when the role is used",
        remedy: "give `alarm: { emails }` or `alarm: { topicArn }`",
      });
    }
    if (args.role === undefined) {
      problems.add("role", undefined, {
        expected: "a role, whose use is what the alarm hears",
        remedy: "name who may assume it in `role.trustedPrincipals`",
      });
    }
    for (const holders of ["groups", "users"] as const) {
      if ((args[holders] ?? []).length > 0) {
        problems.add(holders, args[holders]?.length, {
          expected: "none for `break-glass`: their use of it would not be heard",
          remedy: "let them assume the role",
        });
      }
    }
  } else if (alarm !== undefined) {
    problems.add("alarm", alarm, {
      expected: "none but for `break-glass`",
      remedy: "leave it out, or choose `break-glass`",
    });
  }
  return (
    alarm && {
      topic: planTopic(problems, name, alarm, prefix),
      ruleName: physicalName(problems, "eventRule", prefix, `${name}-used`, "name"),
    }
  );
}

function planTopic(
  problems: Problems,
  name: string,
  { emails, topicArn: given }: AccessAlarmArgs,
  prefix: string,
): AlarmTopicPlan {
  if (given !== undefined) {
    if (emails !== undefined) {
      problems.add("alarm.emails", emails, {
        expected: "nothing beside `alarm.topicArn`, whose topic has its own subscriptions",
        remedy: "leave one of the two out, or subscribe the addresses to that topic",
      });
    }
    return { kind: "given", arn: problems.input("alarm.topicArn", given, topicArn) };
  }
  if (emails === undefined || emails.length === 0) {
    problems.add("alarm.emails", emails, {
      expected: "at least one address, or `alarm.topicArn`",
      remedy: "say who is told: an alarm that nobody hears is none",
    });
  }
  const topic = physicalName(problems, "eventRule", prefix, `${name}-used`, "name");
  return {
    kind: "own",
    name: topic,
    aliasName: `alias/${topic}`,
    emails: emailAddresses(problems, "alarm.emails", emails ?? []),
  };
}
