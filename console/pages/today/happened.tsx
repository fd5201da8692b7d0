import type { ReactNode } from "react";
import type { Event } from "../../../src/api/contract.ts";
import { newestEvents } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { wordOf } from "../../ui/word.ts";
import { Section } from "../../ui/section.tsx";

/** Every inspection leaves these as well; its end says enough here. */
const SILENT = new Set(["inspection.published", "duty.started", "duty.done", "duty.open"]);
const READ = 60;
const SHOWN = 12;

/** The newest events, in words. */
export function Happened(): ReactNode {
  const { today } = useTexts();
  const names: Readonly<Record<string, string>> = today.kinds;
  return (
    <Section title={today.events}>
      <Loaded of={useRead((lang) => newestEvents(lang, READ))}>
        {({ events }) => {
          const shown = events.filter(({ kind }) => !SILENT.has(kind)).slice(0, SHOWN);
          if (shown.length === 0) return <Empty say={today.eventsNone} />;
          return (
            <ol>
              {shown.map((event) => (
                <li key={event.seq} className="flex gap-x-3 py-1 text-[0.92rem]">
                  <span className="text-quiet">
                    <Moment at={event.at} />
                  </span>
                  <span>
                    {names[event.kind] ?? event.kind}{" "}
                    <span className="text-quiet">
                      <About event={event} />
                    </span>
                  </span>
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
    </Section>
  );
}

/** What an event is about, and how it changed or ended. */
function About({ event: { subject, data } }: { readonly event: Event }): ReactNode {
  const { states } = useTexts();
  const word = (value: unknown): string[] => (typeof value === "string" ? [wordOf(states, value)] : []);
  const plain = (value: unknown): string[] => (typeof value === "string" ? [value] : []);
  const { duty, period, from, to, verdict, title, environment } = data;
  const change = to === undefined ? "" : [...word(from), ...word(to)].join(" → ");
  const [named = subject] = [...plain(title), ...plain(duty)];
  return [named, ...plain(environment), ...plain(period), change, ...word(verdict)].filter(Boolean).join(" · ");
}
