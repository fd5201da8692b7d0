import type { InboundKind } from "../../../model/inbound.ts";
import { alertmanager } from "./alertmanager.ts";
import type { InboundFormat } from "./format.ts";
import { grafana } from "./grafana.ts";
import { uptimeKuma } from "./uptime-kuma.ts";

/** Webhooks by the kind of their system. */
export const FORMATS: ReadonlyMap<InboundKind, InboundFormat> = new Map(
  [alertmanager, grafana, uptimeKuma].map((format) => [format.kind, format]),
);
