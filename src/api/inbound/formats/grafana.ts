import type { OutsideTold } from "../../../model/outside.ts";
import { pageOf, recordOf } from "../moment.ts";
import { allFrom, isUntold } from "../told.ts";
import type { InboundFormat } from "./format.ts";

/** Its page of the alert: the panel or dashboard that shows it, else the rule. */
function shownAt(given: unknown, told: OutsideTold): OutsideTold {
  const raw = recordOf(given)!;
  const page = pageOf(raw["panelURL"]) ?? pageOf(raw["dashboardURL"]) ?? told.page;
  const values = typeof raw["valueString"] === "string" ? raw["valueString"].slice(0, 500) : "";
  const { description = values } = told.annotations;
  return {
    ...told,
    annotations: { ...told.annotations, ...(description !== "" && { description }) },
    ...(page !== undefined && { page }),
  };
}

/** The webhook of Grafana's alerting, version 1: that of Alertmanager with `orgId`, `title`, `state`, and pages of each alert. */
export const grafana: InboundFormat = {
  kind: "grafana",
  read: (payload, now) => {
    const raw = recordOf(payload);
    if (!raw || raw["version"] !== "1" || raw["orgId"] === undefined) return undefined;
    const given = raw["alerts"] as readonly unknown[];
    // The button "Test" of a contact point sends an alert that says so, and never its end.
    return allFrom(raw["alerts"], now)
      ?.map((read, index) => (isUntold(read) ? read : shownAt(given[index], read)))
      .filter((read) => isUntold(read) || read.labels["alertname"] !== "TestAlert");
  },
};
