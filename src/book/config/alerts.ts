import {
  ALERT_DEFAULTS,
  type AlertSettings,
  type EscalationSpec,
  type MaintenanceSpec,
} from "../../model/alert-policy.ts";
import { given } from "../../model/given.ts";
import type { DeclaredRule } from "../../model/rule.ts";
import { matcherOf } from "../../model/silence.ts";
import type { Source } from "../../model/source.ts";
import { windowOf } from "../../model/window.ts";
import type { RawAlerts, RawEscalation, RawMaintenance, RawRule } from "./alert-schema.ts";
import { seconds } from "./duration.ts";

const WAIT_MS = 300_000;
const ROUNDS = 2;

const ms = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (seconds(text) ?? 0) * 1000;

/** The model's form of one validated `rules:` entry. */
export function ruleOf(id: string, raw: RawRule, source: Source): DeclaredRule {
  const { form = "compare", for: held, window, horizon, check, severity, ...rest } = raw;
  const times = { forMs: ms(held), windowMs: ms(window), horizonMs: ms(horizon) };
  return { ...given({ ...rest, ...times }), id, form, check, severity, source };
}

export const escalationOf = (
  id: string,
  { steps, rounds = ROUNDS }: RawEscalation,
  source: Source,
): EscalationSpec => ({
  id,
  rounds,
  steps: steps.map(({ channels = [], rotas = [], people = [], wait }) => ({
    channels,
    rotas,
    people,
    waitMs: ms(wait) ?? WAIT_MS,
  })),
  source,
});

export const maintenanceOf = (id: string, raw: RawMaintenance, source: Source): MaintenanceSpec => ({
  ...given({ days: raw.days }),
  id,
  window: windowOf(raw.window),
  matchers: raw.match.flatMap((text) => matcherOf(text) ?? []),
  reason: raw.reason,
  source,
});

/** Settings with what holds where the book says nothing. */
export function settingsOf(raw: RawAlerts): AlertSettings {
  const { changes, window, calm } = raw.flapping ?? {};
  return {
    ...ALERT_DEFAULTS,
    ...given({
      ...{ warn: raw.warn, critical: raw.critical, unknown: raw.unknownSeverity, fallback: raw.fallback },
      ...{ every: raw.every, url: raw.url?.replace(/\/+$/, "") },
      ...{ waitMs: ms(raw.wait), updateMs: ms(raw.update), repeatMs: ms(raw.repeat), ackMs: ms(raw.acknowledge) },
      unknownMs: raw.unknown === false ? false : ms(raw.unknown),
    }),
    flapping: { ...ALERT_DEFAULTS.flapping, ...given({ changes, windowMs: ms(window), calmMs: ms(calm) }) },
  };
}
