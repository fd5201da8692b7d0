import type { CSSProperties, ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Section } from "../../ui/section.tsx";
import { wordOf } from "../../ui/word.ts";
import type { Phase } from "./phases.ts";

const LOOKS = {
  work: "bg-wait",
  hand: "bg-warn",
  /** Striped as well: not told by its colour alone. */
  person:
    "bg-[repeating-linear-gradient(135deg,var(--warn)_0_4px,var(--warn-t)_4px_8px)] outline outline-1 outline-warn",
  idle: "bg-sunk outline outline-1 outline-line",
} as const;
const WAITED: ReadonlySet<string> = new Set(["person", "hand"]);
const NANO = 1e9;

/** Where the time of a run went: a bar for each phase, what waited for people in another colour and in words. */
export function Waterfall({ phases }: { readonly phases: readonly Phase[] }): ReactNode {
  const { backups } = useTexts();
  const { phases: words } = backups;
  const times = useTimes();
  const last = Math.max(...phases.map(({ until }) => until));
  const waited = phases.reduce((sum, { kind, from, until }) => sum + (WAITED.has(kind) ? until - from : 0), 0);
  const span = (nanos: number): string =>
    nanos < 10 * NANO ? `${(nanos / NANO).toFixed(1)} ${backups.units.seconds}` : times.span(nanos / NANO);
  return (
    <Section title={words.title}>
      <p className="mb-2 text-quiet">{format(words.note, { total: span(last), person: span(waited) })}</p>
      <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1">
        {(["work", "hand", "person"] as const).map((kind) => (
          <li key={kind} className="flex items-center gap-2">
            <span aria-hidden="true" className={`inline-block h-3 w-5 rounded-sm ${LOOKS[kind]}`} />
            {words[kind]}
          </li>
        ))}
      </ul>
      <ol>
        {phases.map(({ kind, from, until, step, target, purpose }) => (
          <li key={`${from} ${step} ${purpose} ${target}`} className="border-t border-line py-1 first:border-0">
            <span className="flex flex-wrap justify-between gap-x-4">
              <span className={kind === "idle" ? "text-quiet" : ""}>
                {step === undefined
                  ? words[kind]
                  : `${format(words.on, { step, target: target ?? "" })}: ${kind === "hand" ? words.hand : wordOf(words.purposes, purpose ?? "")}`}
              </span>
              <span className="figures text-quiet">
                {format(words.begins, { at: span(from), span: span(until - from) })}
              </span>
            </span>
            <span aria-hidden="true" className="mt-0.5 block h-3">
              <span className={`block h-3 rounded-sm ${LOOKS[kind]}`} style={barOf(from, until, last)} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Never thinner than can be seen. */
const barOf = (from: number, until: number, last: number): CSSProperties => ({
  marginLeft: `${(from / last) * 98}%`,
  width: `max(3px, ${((until - from) / last) * 98}%)`,
});
