import { createHash } from "node:crypto";
import { printable } from "./printable.ts";
import type { Labels } from "./silence.ts";

/** What is kept of an alert that another system watches over. */
export interface Outside {
  /** Name of the source in `inbound:`. */
  readonly origin: string;
  /** As they were sent, cut where they are longer than anybody reads. */
  readonly labels: Labels;
  readonly annotations: Labels;
  /** When it began by its source's clock, milliseconds since the epoch. */
  readonly began: number;
  /** It counts as over when its source does not say it again before this; absent: only its source ends it. */
  readonly until?: number;
  /** Page of its source that shows it, http(s). */
  readonly page?: string;
  /** Its severity label was in no map and names nothing of the scale: it has the severity stated for that. */
  readonly unmapped?: true;
}

/** One alert as a foreign payload tells it, before it is made one of ours. */
export interface OutsideTold {
  /** Of the labels before they were cut. */
  readonly fingerprint?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly firing: boolean;
  /** Milliseconds since the epoch. */
  readonly began?: number;
  readonly until?: number;
  readonly page?: string;
}

/** Labels of one alert; characters of a name, of a label's value, of an annotation. */
const MOST = 64;
const NAME = 200;
const LABEL = 1_024;
const ANNOTATION = 4_096;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}\u2026` : text);

const lines = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => printable(line.replaceAll("\t", "  ")).trimEnd())
    .join("\n")
    .trim();

function tidy(given: unknown, most: number, plain: (text: string) => string): Labels | undefined {
  if (given === undefined || given === null) return {};
  if (typeof given !== "object" || Array.isArray(given)) return undefined;
  const entries = Object.entries(given as Readonly<Record<string, unknown>>)
    // An empty label is an absent one, as everywhere in Prometheus.
    .filter(([name, value]) => typeof value === "string" && value !== "" && name !== "" && name.length <= NAME)
    .slice(0, MOST)
    .map(([name, value]) => [printable(name).toWellFormed(), cut(plain(value as string), most).toWellFormed()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.filter(([name]) => name !== "__proto__"));
}

/** Labels of a payload: one line each, without signs that a terminal obeys; undefined for what is no map. */
export const labelsFrom = (given: unknown): Labels | undefined => tidy(given, LABEL, (text) => printable(text).trim());
export const annotationsFrom = (given: unknown): Labels | undefined => tidy(given, ANNOTATION, lines);

/**
 * Sixteen hexadecimal digits of the labels as they were sent, cut or not: two alerts of other labels stay two. What is no
 * text is no label, however deep it is.
 */
export function fingerprintOf(given: object): string {
  const texts = Object.entries(given).filter(([, value]) => typeof value === "string");
  return createHash("sha256")
    .update(JSON.stringify(texts.toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest("hex")
    .slice(0, 16);
}

const KEY = "outside@";

/** The desk's key of an alert of another system: the same whoever of several equal sources says it. */
export const outsideKey = (origin: string, fingerprint: string): string => `${KEY}${origin}@${fingerprint}`;
export const isOutsideKey = (key: string): boolean => key.startsWith(KEY);
/** The source of such a key. */
export const originIn = (key: string): string => key.slice(KEY.length, key.lastIndexOf("@"));
/** The sixteen digits of a key; of ours that come from rules, made from it. */
export const fingerprintIn = (key: string): string =>
  isOutsideKey(key) ? key.slice(key.lastIndexOf("@") + 1) : createHash("sha256").update(key).digest("hex").slice(0, 16);
