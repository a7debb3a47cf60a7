/**
 * The dashboard as CloudWatch takes it: how often what the alarms watch happened, and the latest events. Pure.
 *
 * Source: CloudWatch API Reference, "Dashboard Body Structure and Syntax".
 */
export interface DashboardFacts {
  readonly region: string;
  readonly namespace: string;
  readonly metricNames: readonly string[];
  readonly alarmArns: readonly string[];
  readonly eventLogGroupName: string;
}

interface Widget {
  readonly type: "alarm" | "log" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

const LATEST = [
  "fields @timestamp, detail.eventName, detail.userIdentity.arn, detail.requestParameters.target",
  "coalesce(detail.requestParameters.documentName, '') as document",
  "coalesce(detail.errorCode, '') as error",
].join(", ");

function log(y: number, title: string, region: string, query: string): Widget {
  return { type: "log", x: 0, y, width: 24, height: 8, properties: { title, region, query, view: "table" } };
}

export function dashboardBody(facts: DashboardFacts): string {
  const { region, namespace } = facts;
  const source = `SOURCE '${facts.eventLogGroupName}'`;
  const alarms: readonly Widget[] =
    facts.alarmArns.length === 0
      ? []
      : [
          {
            type: "alarm",
            x: 0,
            y: 0,
            width: 24,
            height: 3,
            properties: { title: "Alarms", alarms: facts.alarmArns },
          },
          {
            type: "metric",
            x: 0,
            y: 3,
            width: 24,
            height: 6,
            properties: {
              title: "Out of the ordinary",
              region,
              stat: "Sum",
              period: 300,
              view: "timeSeries",
              metrics: facts.metricNames.map((metric) => [namespace, metric]),
            },
          },
        ];
  const below = alarms.length === 0 ? 0 : 9;
  return JSON.stringify({
    widgets: [
      ...alarms,
      log(below, "Latest events", region, `${source} | ${LATEST} | sort @timestamp desc | limit 50`),
      log(
        below + 8,
        "Sessions by person",
        region,
        `${source} | filter detail.eventName = 'StartSession' and not ispresent(detail.errorCode) | stats count(*) as sessions by detail.userIdentity.arn | sort sessions desc`,
      ),
    ],
  });
}
