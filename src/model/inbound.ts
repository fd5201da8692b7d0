import type { Source } from "./source.ts";

/** Kinds of systems that send their alerts here: prometheus speaks the API of Alertmanager v2, the rest post webhooks. */
export const INBOUND_KINDS = ["prometheus", "alertmanager", "grafana", "uptime-kuma"] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** Another system whose alerts are told by this watchbook. */
export interface InboundSpec {
  readonly id: string;
  readonly kind: InboundKind;
  /** Reference of the token that the system sends; absent: a person's token, or none where `open`. */
  readonly token?: string;
  /** Needs no token from this machine itself. */
  readonly open: boolean;
  /** Label that carries how bad it is, its values in our scale, and what holds for all others (absent: the worst). */
  readonly severity: {
    readonly label: string;
    readonly map: Readonly<Record<string, string>>;
    readonly otherwise?: string;
  };
  /** Labels that name the service and the target; the first that is there counts. */
  readonly service: readonly string[];
  readonly target: readonly string[];
  /** It counts as over when it was not said again for so long, where the payload names no end; false: never. Milliseconds. */
  readonly silentMs: number | false;
  readonly source?: Source;
}

const DAY_MS = 86_400_000;

/**
 * Alertmanager's own `resolve_timeout`; webhooks repeat every few hours. Uptime Kuma says a thing once, and never takes back
 * what was deleted, paused, or ended in maintenance: a week, so that nothing stays for ever and nobody misses it.
 */
const SILENT_MS: Readonly<Record<InboundKind, number | false>> = {
  prometheus: 300_000,
  alertmanager: DAY_MS,
  grafana: DAY_MS,
  "uptime-kuma": 7 * DAY_MS,
};

/** A source about which the book says no more than its kind. */
export const plainInbound = (id: string, kind: InboundKind): InboundSpec => ({
  id,
  kind,
  open: false,
  severity: { label: "severity", map: {} },
  service: ["service"],
  target: ["instance", "target", "host", "node", "pod"],
  silentMs: SILENT_MS[kind],
});
