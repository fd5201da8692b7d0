import { ALERT_DEFAULTS, type AlertPolicy, type AlertSettings, type Escalation } from "../../model/alert-policy.ts";
import type { Book } from "../../model/book.ts";

type Stated = Pick<Book, "config" | "severities">;

/** Names of the two columns of a threshold table, for a book without a scale of alerts. */
const NAMES = ["critical", "warning"] as const;
const WAIT_MS = 300_000;
const ROUNDS = 2;

/** The scale of alerts, worst first: that of watchbook.yaml, then what only the manual names, then what settings name. */
export function severitiesOf(
  { config, severities }: Stated,
  { warn, critical, unknown }: AlertSettings,
): readonly string[] {
  const declared = config.severities.filter(({ scale }) => scale === "alert").map(({ id }) => id);
  const written = severities.filter(({ scale }) => scale === "alert").map(({ id }) => id);
  const named = [critical, ...config.rules.map(({ severity }) => severity), warn, unknown];
  const scale = declared.length + written.length > 0 ? [...declared, ...written] : NAMES;
  return [...new Set([...scale, ...named.filter((name) => name !== undefined)])];
}

/** Severity of a column of a threshold table. */
export function severityOfBand(book: Stated, settings: AlertSettings, band: "warn" | "critical"): string {
  const [worst = NAMES[0], second = worst] = severitiesOf(book, settings);
  return settings[band] ?? (band === "critical" ? worst : second);
}

/** Channels that the manual means by its words: a channel's name, or its kind. */
const meant = ({ config }: Stated, words: readonly string[]): readonly string[] =>
  config.channels
    .filter(({ id, kind }) => words.some((word) => [id, kind].includes(word.toLowerCase()) || word === id))
    .map(({ id }) => id);

/** The chain of a severity: its own, the one named default, or its channels; without any of these all channels. */
function chainOf(book: Stated, id: string): Escalation {
  const { config, severities } = book;
  const spec = config.severities.find((one) => one.id === id && one.scale === "alert");
  const chain = config.escalations.find((one) => one.id === (spec?.escalation ?? "default"));
  if (chain && (spec?.escalation !== undefined || (spec?.channels ?? []).length === 0)) return chain;
  const written = severities.find((one) => one.id === id && one.scale === "alert")?.channels ?? [];
  const own = spec && spec.channels.length > 0 ? spec.channels : meant(book, written);
  const channels = own.length > 0 ? own : config.channels.map((channel) => channel.id);
  return { id, rounds: ROUNDS, steps: [{ channels, rotas: [], people: [], waitMs: WAIT_MS }] };
}

/** Everything that decides who is told. Pure. */
export function policyOf(book: Stated & Pick<Book, "services" | "zone">): AlertPolicy {
  const { config } = book;
  const settings = config.alerts ?? ALERT_DEFAULTS;
  return {
    ...settings,
    severities: severitiesOf(book, settings).map((id) => {
      const quiet = config.severities.find((one) => one.id === id)?.quiet;
      return { id, chain: chainOf(book, id), ...(quiet && { quiet }) };
    }),
    maintenance: config.maintenance,
    needs: new Map(book.services.map(({ id, needs }) => [id, needs])),
    reach: new Map(config.people.map(({ id, channels = [] }) => [id, channels])),
    channels: config.channels.map(({ id }) => id),
    zone: book.zone,
  };
}
