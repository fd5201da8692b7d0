import { createHash } from "node:crypto";
import { sealTwin } from "../../evidence/report-twin.ts";
import type { ReportView } from "./view.ts";

export const TWIN_FORMAT = "watchbook-report/1";

/** What the program needs to know of a report it wrote: whose it is, and whether a person has edited it since. */
export interface TwinHead {
  readonly format: typeof TWIN_FORMAT;
  readonly duty: string;
  readonly period: string;
  /** SHA-256 of the Markdown as last written, and as it was before: one of them is there after a crash between both. */
  readonly markdown: { readonly sha256: string; readonly before: string | null };
  /** A person has edited the Markdown: sections are only added from then on. */
  readonly edited: boolean;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The report as JSON: the same facts as the Markdown beside it. Format: docs/formats/report.md. */
export function twinJson(view: ReportView, head: Pick<TwinHead, "markdown" | "edited">): string {
  const { duty, title, period, zone, lang } = view;
  const whole = {
    format: TWIN_FORMAT,
    duty,
    title,
    period,
    zone,
    lang,
    ...head,
    runs: view.runs.map(({ run, counts, previous, evidence, items }) => ({
      ...run,
      counts,
      previous: previous ? { id: previous.id, period: previous.period, verdict: previous.verdict } : null,
      evidence: evidence ?? null,
      items: items.map(({ item, readings }) => ({
        ...item,
        readings: readings.map(({ reading, title: name, source, change }) => ({
          ...reading,
          title: name,
          source,
          change,
        })),
      })),
    })),
  };
  return sealTwin(whole);
}

/** The head of a twin, or undefined when the text is not one of ours. */
export function twinHead(text: string): TwinHead | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Somebody else's file with the same name: left alone.
    return undefined;
  }
  const head = parsed as Partial<TwinHead> | null;
  return head?.format === TWIN_FORMAT && typeof head.markdown?.sha256 === "string" ? (head as TwinHead) : undefined;
}
