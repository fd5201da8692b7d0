import type { OutsideTold } from "../../../model/outside.ts";
import { pageOf, recordOf } from "../moment.ts";
import { isTold, isUntold, toldFrom } from "../told.ts";
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
    if (!raw || raw["version"] !== "1" || raw["orgId"] === undefined || !Array.isArray(raw["alerts"])) return undefined;
    const told = raw["alerts"].map((one) => {
      const read = toldFrom(one, now, false);
      return isUntold(read) ? read : shownAt(one, read);
    });
    // The button "Test" of a contact point sends an alert that says so, and never its end.
    if (told.some(isUntold)) return undefined;
    return told.filter(isTold).filter(({ labels }) => labels["alertname"] !== "TestAlert");
  },
};
