import { isWireMap } from "../../../protocol/wire.ts";
import type { Wire } from "../../../protocol/wire.ts";
import type { Model } from "../../model.ts";
import { matching } from "../../rules/formats.ts";
import { format } from "../../rules/rule.ts";
import type { Format } from "../../rules/rule.ts";
import { asText, parseJson } from "../../values.ts";

const WIDGETS = new Set(["alarm", "custom", "explorer", "log", "metric", "text"]);
const COLUMNS = 24;
const MOST_WIDGETS = 500;

function widgetProblem(widget: Wire): string | undefined {
  if (!isWireMap(widget) || !isWireMap(widget["properties"])) {
    return "a widget has no `properties`";
  }
  if (!WIDGETS.has(asText(widget["type"] ?? ""))) {
    return `a widget has the type \`${asText(widget["type"] ?? "")}\`, expected one of ${[...WIDGETS].join(", ")}`;
  }
  const width = Number(widget["width"] ?? 6);
  const x = Number(widget["x"] ?? 0);
  return width >= 1 && x >= 0 && x + width <= COLUMNS
    ? undefined
    : `a widget lies beyond the ${COLUMNS} columns`;
}

/** Source: CloudWatch API Reference, "Dashboard Body Structure and Syntax". */
const body: Format = (value) => {
  const parsed = parseJson(asText(value));
  if (!isWireMap(parsed) || !Array.isArray(parsed["widgets"])) {
    return "is refused: expected a JSON object with a list of `widgets`";
  }
  const widgets: readonly Wire[] = parsed["widgets"];
  if (widgets.length > MOST_WIDGETS) {
    return `is refused: ${widgets.length} widgets, expected at most ${MOST_WIDGETS}`;
  }
  const problem = widgets.map(widgetProblem).find((text) => text !== undefined);
  return problem === undefined ? undefined : `is refused: ${problem}`;
};

/** Source: CloudWatch API Reference, PutDashboard. */
export const dashboard: Model = {
  type: "aws:cloudwatch/dashboard:Dashboard",
  id: (reading) => reading.text("dashboardName"),
  rules: [
    format("dashboardName", matching(/^[A-Za-z0-9_-]{1,255}$/u, "1 to 255 letters, digits and - _")),
    format("dashboardBody", body),
  ],
  unique: ["dashboardName"],
  replaces: ["dashboardName"],
  comparisons: { dashboardBody: "json" },
  computed: {
    dashboardArn: (reading) => reading.arn("cloudwatch", `dashboard/${reading.id}`, { region: true }),
  },
};
