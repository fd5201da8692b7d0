import { recordOf } from "../moment.ts";
import { isTold, isUntold, toldFrom } from "../told.ts";
import type { InboundFormat } from "./format.ts";

/** The webhook of Alertmanager, version 4: `{version, groupKey, status, receiver, alerts: […]}`. */
export const alertmanager: InboundFormat = {
  kind: "alertmanager",
  read: (payload, now) => {
    const raw = recordOf(payload);
    if (!raw || raw["version"] !== "4" || !Array.isArray(raw["alerts"])) return undefined;
    const told = raw["alerts"].map((one) => toldFrom(one, now, false));
    return told.some(isUntold) ? undefined : told.filter(isTold);
  },
};
