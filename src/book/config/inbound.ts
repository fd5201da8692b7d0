import { z } from "zod";
import { given } from "../../model/given.ts";
import { INBOUND_KINDS, plainInbound, type InboundSpec } from "../../model/inbound.ts";
import type { Source } from "../../model/source.ts";
import { seconds } from "./duration.ts";
import { duration, id, text } from "./forms.ts";

const labels = z.union([text, z.array(text).min(1, "[instance, host]")]);

/** Another system that sends its alerts here. */
export const inbound = z.strictObject({
  kind: z
    .enum(INBOUND_KINDS)
    .describe(
      "prometheus: speaks Alertmanager's API (/api/v2), as Prometheus and vmalert do; alertmanager, grafana, uptime-kuma: their webhooks, posted to /api/inbound/NAME.",
    ),
  token: z
    .strictObject({ secret: text.describe("Name of a secret, `env:NAME` or `file:/path`.") })
    .optional()
    .describe("What it must send as Bearer, or as the password of Basic. Default: the token of a person."),
  open: z
    .boolean()
    .optional()
    .describe("It needs no token when it runs on this machine and comes through loopback. Default false."),
  severity: z
    .strictObject({
      label: text.optional().describe("Label that says how bad it is. Default severity."),
      map: z.record(text, id).optional().describe("Its values, each with the severity of the scale of alerts."),
      otherwise: id
        .optional()
        .describe(
          "What every other value means, and none at all; a name of the scale means itself. Default: the worst.",
        ),
    })
    .optional()
    .describe("How its severities become ours."),
  service: labels
    .optional()
    .describe("Label that names the service; of several the first that is there. Default service."),
  target: labels
    .optional()
    .describe("Label that names the target. Default: instance, target, host, node, pod, the first that is there."),
  silent: z
    .union([duration, z.literal(false)])
    .optional()
    .describe(
      "An alert that it has not said again for so long is ended, not told to be over, where it names no end itself. Default 5m, of webhooks 1d, of uptime-kuma 7d.",
    ),
});
export type RawInbound = z.output<typeof inbound>;

const list = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof given === "string" ? [given] : given;

/** The model's form of one validated `inbound:` entry. */
export function inboundOf(id: string, raw: RawInbound, source: Source): InboundSpec {
  const plain = plainInbound(id, raw.kind);
  const { label = plain.severity.label, map = {}, otherwise } = raw.severity ?? {};
  return {
    ...plain,
    ...given({ token: raw.token?.secret, open: raw.open, service: list(raw.service), target: list(raw.target) }),
    ...(raw.silent !== undefined && { silentMs: raw.silent === false ? false : (seconds(raw.silent) ?? 0) * 1000 }),
    severity: { label, map, ...(otherwise !== undefined && { otherwise }) },
    source,
  };
}
