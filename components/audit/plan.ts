import type { Input } from "@pulumi/pulumi";
import {
  accountId,
  arnOf,
  every,
  keyPrefix,
  matching,
  oneOf,
  organizationId,
  regionName,
  wholeNumber,
} from "../core/checks.ts";
import { type CommonPlan, type Deployment, planCommon, problemsOf } from "../core/common.ts";
import { logRetentionDays } from "../core/log-retention.ts";
import { nameOf } from "../core/names.ts";
import type { Problems } from "../core/problems.ts";
import { emailAddresses } from "../notifications/email-addresses.ts";
import type { ExistingTrail, SessionAuditArgs, SessionEvent } from "./args.ts";
import { each, limit } from "../core/lists.ts";
import { shaped } from "../core/shaped.ts";
import { planAlarms, type AlarmPlan } from "./alarm-plan.ts";
import { eventPattern, PATTERN_LENGTH } from "./event-patterns.ts";

export const SESSION_EVENTS: readonly SessionEvent[] = [
  "start",
  "resume",
  "end",
  "tunnel",
  "command",
  "denied",
];

export interface ObjectLockPlan {
  readonly days: number;
  readonly mode: "COMPLIANCE" | "GOVERNANCE";
}

/** The trail that the audit reads: its own, or one that is there. */
export type TrailPlan =
  | {
      readonly kind: "own";
      readonly logGroup: boolean;
      /** Undefined: files never expire. */
      readonly expirationDays: number | undefined;
      readonly objectLock: ObjectLockPlan | undefined;
    }
  | {
      readonly kind: "existing";
      readonly bucketName: Input<string>;
      readonly s3KeyPrefix: string | undefined;
      readonly organizationId: string | undefined;
      readonly logGroupName: Input<string> | undefined;
      readonly keyArn: Input<string> | undefined;
    };

export interface HistoryPlan {
  /** Undefined: those that the account has enabled. */
  readonly regions: readonly string[] | undefined;
  /** Undefined: the component's own. */
  readonly accountIds: readonly string[] | undefined;
  readonly days: number;
  readonly queryLimitBytes: number;
  readonly resultDays: number;
}

export interface SessionAuditPlan extends CommonPlan {
  readonly tunnelDocuments: readonly Input<string>[];
  readonly commandDocuments: readonly Input<string>[];
  readonly emails: readonly string[];
  readonly notifyOn: readonly SessionEvent[];
  readonly trail: TrailPlan;
  /** Empty where the trail has no log group, or none are wanted. */
  readonly alarms: readonly AlarmPlan[];
  readonly history: HistoryPlan | undefined;
  readonly dashboard: boolean;
  readonly retentionDays: number;
  readonly keyRotationDays: number;
  readonly keyDeletionWindowDays: number;
  readonly forceDestroy: boolean;
}

const GIB = 1024 ** 3;
const MAXIMUM_DAYS = 36_500;
const MOST_DOCUMENTS = 20;

const documentName = every(
  nameOf("document"),
  matching(/^[\w.-]+$/, "the name of a document", "give the name, not the ARN"),
);

/** @throws pulumi.InputPropertiesError with every bad argument. */
export function planSessionAudit(
  name: string,
  unchecked: SessionAuditArgs,
  deployment: Deployment,
): SessionAuditPlan {
  const problems = problemsOf("SessionAudit", name);
  const args = shaped(problems, "SessionAuditArgs", unchecked);
  const common = planCommon(problems, args, deployment);
  const logged = documents(problems, "loggedDocuments", args.loggedDocuments);
  const tunnelDocuments = documents(problems, "tunnelDocuments", args.tunnelDocuments ?? []);
  const commandDocuments = documents(problems, "commandDocuments", args.commandDocuments ?? []);
  apart(problems, "commandDocuments", commandDocuments, "tunnelDocuments", tunnelDocuments);
  apart(problems, "tunnelDocuments", tunnelDocuments, "loggedDocuments", logged);
  patternsFit(problems, tunnelDocuments, commandDocuments);
  const emails = emailAddresses(problems, "emails", args.emails ?? []);
  each(problems, "notifyOn", args.notifyOn ?? [], oneOf(SESSION_EVENTS), SESSION_EVENTS.length);
  const trail = planTrail(problems, args);
  problems.check("retentionDays", args.retentionDays, (days) =>
    days === 0 ? undefined : logRetentionDays(days),
  );
  problems.check("keyRotationDays", args.keyRotationDays, wholeNumber(90, 2560, "days"));
  problems.check("keyDeletionWindowDays", args.keyDeletionWindowDays, wholeNumber(7, 30, "days"));
  const plan: SessionAuditPlan = {
    ...common,
    tunnelDocuments,
    commandDocuments,
    emails,
    notifyOn: args.notifyOn ?? SESSION_EVENTS,
    trail,
    alarms: planAlarms(problems, args, {
      logGroup: trail.kind === "own" ? trail.logGroup : trail.logGroupName !== undefined,
      allowed: [...logged, ...tunnelDocuments],
    }),
    history: planHistory(problems, args, trail),
    dashboard: args.dashboard ?? false,
    retentionDays: args.retentionDays ?? 365,
    keyRotationDays: args.keyRotationDays ?? 365,
    keyDeletionWindowDays: args.keyDeletionWindowDays ?? 30,
    forceDestroy: args.forceDestroy ?? false,
  };
  problems.throwIfAny();
  return plan;
}

function documents(
  problems: Problems,
  path: string,
  names: readonly Input<string>[],
): readonly Input<string>[] {
  limit(problems, path, names, MOST_DOCUMENTS);
  return names.map((name, index) => problems.input(`${path}[${index}]`, name, documentName));
}

/** A document is one thing: what is in both lists is told of wrongly. */
function apart(
  problems: Problems,
  path: string,
  list: readonly Input<string>[],
  other: string,
  others: readonly Input<string>[],
): void {
  list.forEach((name, index) => {
    if (typeof name === "string" && others.includes(name)) {
      problems.add(`${path}[${index}]`, name, {
        expected: `no document of \`${other}\``,
        remedy: "keep it in one of the two",
      });
    }
  });
}

/** Names that are not plain are checked by the rules themselves, as soon as they are known. */
function patternsFit(
  problems: Problems,
  tunnels: readonly Input<string>[],
  commands: readonly Input<string>[],
): void {
  const own = { tunnels: plain(tunnels), commands: plain(commands) };
  const length = Math.max(...SESSION_EVENTS.map((kind) => JSON.stringify(eventPattern(kind, own)).length));
  if (length > PATTERN_LENGTH) {
    problems.add("tunnelDocuments", `${own.tunnels.length + own.commands.length} names`, {
      expected: `names, those of \`commandDocuments\` included, that make an event pattern of at most ${PATTERN_LENGTH} characters, not ${length}`,
      remedy: "give fewer or shorter ones",
    });
  }
}

function plain(names: readonly Input<string>[]): readonly string[] {
  return names.filter((name) => typeof name === "string");
}

const OWN_TRAIL_ONLY = ["expirationDays", "objectLockDays", "objectLockMode", "trailLogGroup"] as const;

function planTrail(problems: Problems, args: SessionAuditArgs): TrailPlan {
  if (args.trail !== undefined) {
    for (const name of OWN_TRAIL_ONLY) {
      if (args[name] !== undefined) {
        problems.add(name, args[name], {
          expected: "nothing, as `trail` is one that is there already",
          remedy: "leave one of the two out",
        });
      }
    }
    return existingTrail(problems, args.trail);
  }
  problems.check("expirationDays", args.expirationDays, wholeNumber(0, MAXIMUM_DAYS, "days"));
  problems.check("objectLockDays", args.objectLockDays, wholeNumber(1, MAXIMUM_DAYS, "days"));
  problems.check("objectLockMode", args.objectLockMode, oneOf(["COMPLIANCE", "GOVERNANCE"] as const));
  if (args.objectLockMode !== undefined && args.objectLockDays === undefined) {
    problems.add("objectLockMode", args.objectLockMode, {
      expected: "`objectLockDays` beside it",
      remedy: "set `objectLockDays`, or leave the mode out",
    });
  }
  const expirationDays = args.expirationDays ?? Math.max(365, args.objectLockDays ?? 0);
  if (args.objectLockDays !== undefined && expirationDays !== 0 && expirationDays < args.objectLockDays) {
    problems.add("expirationDays", expirationDays, {
      expected: `at least the ${args.objectLockDays} days of \`objectLockDays\``,
      remedy: "raise it: what is locked cannot expire",
    });
  }
  return {
    kind: "own",
    logGroup: args.trailLogGroup ?? true,
    expirationDays: expirationDays === 0 ? undefined : expirationDays,
    objectLock:
      args.objectLockDays === undefined
        ? undefined
        : { days: args.objectLockDays, mode: args.objectLockMode ?? "GOVERNANCE" },
  };
}

function existingTrail(problems: Problems, trail: ExistingTrail): TrailPlan {
  problems.check("trail.s3KeyPrefix", trail.s3KeyPrefix, keyPrefix(200));
  problems.check("trail.organizationId", trail.organizationId, organizationId);
  return {
    kind: "existing",
    bucketName: problems.input("trail.bucketName", trail.bucketName, nameOf("bucket")),
    s3KeyPrefix: trail.s3KeyPrefix,
    organizationId: trail.organizationId,
    logGroupName:
      trail.logGroupName === undefined
        ? undefined
        : problems.input("trail.logGroupName", trail.logGroupName, nameOf("logGroup")),
    keyArn:
      trail.keyArn === undefined
        ? undefined
        : problems.input(
            "trail.keyArn",
            trail.keyArn,
            arnOf("kms", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
          ),
  };
}

const HISTORY_ONLY = ["accountIds", "historyDays", "queryLimitGib", "regions", "resultDays"] as const;

function planHistory(problems: Problems, args: SessionAuditArgs, trail: TrailPlan): HistoryPlan | undefined {
  if (args.history === false) {
    for (const name of HISTORY_ONLY) {
      if (args[name] !== undefined) {
        problems.add(name, args[name], {
          expected: "nothing, as `history` is off",
          remedy: "leave it out, or switch `history` on",
        });
      }
    }
    return undefined;
  }
  for (const [path, list, check] of [
    ["regions", args.regions, regionName],
    ["accountIds", args.accountIds, accountId],
  ] as const) {
    each(problems, path, list ?? [], check, 200);
    if (list?.length === 0) {
      problems.add(path, list, { expected: "at least one", remedy: "leave it out for the default" });
    }
  }
  problems.check("historyDays", args.historyDays, wholeNumber(1, 3650, "days"));
  problems.check("queryLimitGib", args.queryLimitGib, wholeNumber(1, 10_240, "GiB"));
  problems.check("resultDays", args.resultDays, wholeNumber(1, 365, "days"));
  const kept = trail.kind === "own" ? Math.min(trail.expirationDays ?? 3650, 3650) : 365;
  return {
    regions: args.regions,
    accountIds: args.accountIds,
    days: args.historyDays ?? kept,
    queryLimitBytes: (args.queryLimitGib ?? 100) * GIB,
    resultDays: args.resultDays ?? 30,
  };
}
