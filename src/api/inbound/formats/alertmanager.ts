import { recordOf } from "../moment.ts";
import { allFrom } from "../told.ts";
import type { InboundFormat } from "./format.ts";

/** The webhook of Alertmanager, version 4: `{version, groupKey, status, receiver, alerts: […]}`. */
export const alertmanager: InboundFormat = {
  kind: "alertmanager",
  read: (payload, now) => {
    const raw = recordOf(payload);
    return raw && raw["version"] === "4" ? allFrom(raw["alerts"], now) : undefined;
  },
};
