import { annotationsFrom, fingerprintOf, labelsFrom, type OutsideTold } from "../../../model/outside.ts";
import { momentOf, pageOf, recordOf, type Raw } from "../moment.ts";
import type { InboundFormat } from "./format.ts";

/** Status of a beat: 0 down, 1 up, 2 pending (tried again), 3 maintenance. */
const DOWN = 0;
const UP = 1;
/** A message about no monitor (a certificate that ends) is never taken back. */
const NOTED_MS = 86_400_000;

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** Its times are UTC and do not say so. */
const utcOf = (time: string): string =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/.test(time) ? `${time.replace(" ", "T")}Z` : time;

function ofMonitor(monitor: Raw, beat: Raw, msg: string): readonly OutsideTold[] | undefined {
  const id = textOf(monitor["id"] ?? beat["monitorID"]);
  const status = beat["status"];
  if (id === "" || typeof status !== "number") return undefined;
  // Tried again, or on purpose: nothing begins and nothing is over.
  if (status !== DOWN && status !== UP) return [];
  const name = textOf(monitor["name"]) || id;
  const address = textOf(monitor["url"]).replace(/^https:\/\/$/, "") || textOf(monitor["hostname"]);
  const labels = labelsFrom({ alertname: name, monitor: id, instance: address || name, type: textOf(monitor["type"]) });
  const annotations = annotationsFrom({ description: textOf(beat["msg"]) || msg });
  const [began, page] = [momentOf(utcOf(textOf(beat["time"]))), pageOf(address)];
  return [
    {
      ...{ labels: labels!, annotations: annotations!, firing: status === DOWN },
      // A monitor that is renamed while it is down is the same.
      fingerprint: fingerprintOf({ monitor: id }),
      ...(typeof began === "number" && { began }),
      ...(page !== undefined && { page }),
    },
  ];
}

/** The webhook of Uptime Kuma (JSON): `{heartbeat, monitor, msg}`; both null in a trial and in messages about certificates. */
export const uptimeKuma: InboundFormat = {
  kind: "uptime-kuma",
  read: (payload, now) => {
    const raw = recordOf(payload);
    if (!raw || !("heartbeat" in raw) || !("monitor" in raw) || typeof raw["msg"] !== "string") return undefined;
    const [beat, monitor] = [recordOf(raw["heartbeat"]), recordOf(raw["monitor"])];
    if (beat && monitor) return ofMonitor(monitor, beat, raw["msg"]);
    if (beat || monitor) return undefined;
    if (/\bTesting$/.test(raw["msg"])) return [];
    const labels = labelsFrom({ alertname: "Uptime Kuma", message: raw["msg"] })!;
    return [
      {
        labels,
        annotations: annotationsFrom({ summary: raw["msg"] })!,
        firing: true,
        began: now,
        until: now + NOTED_MS,
      },
    ];
  },
};
