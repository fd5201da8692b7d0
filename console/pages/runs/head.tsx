import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { wallNow } from "../../app/clock.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Section } from "../../ui/section.tsx";
import { isOver } from "./over.ts";
import { secondsOf } from "./past-runs.ts";
import { Usual } from "./usual.tsx";

/** How it stands, who asked for it, for how long it goes on, why it ended so. */
export function Head({ run }: { readonly run: RunShown }): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  const { record, view, verdict, held, said, locks } = run;
  const { state, by, created, reason, rehearsal, id } = record;
  // The view is folded from the journal; the record beside it is written now and then.
  const { done, total } = view;
  return (
    <Section title={words.state} aside={<code>{id}</code>}>
      <p className="flex flex-wrap items-center gap-2" aria-live="polite">
        <Badge state={state === "waiting" ? "wait" : state} />
        {isOver(state) && <Badge state={verdict.verdict} />}
        {rehearsal && <Badge state="rehearsal" word={words.rehearsal} />}
        <span>{format(words.steps, { done, total })}</span>
      </p>
      <p className="mt-1 text-quiet">
        {format(words.by, { by, at: times.at(created) })} ·{" "}
        {format(isOver(state) ? words.took : words.goes, { span: times.span(secondsOf(record, wallNow())) })}
        <Usual run={record} />
        {reason !== "" && ` · ${reason}`}
      </p>
      {held !== undefined && (
        <p className="mt-1 text-warn">{format(words.held, { ...held, at: times.at(held.taken) })}</p>
      )}
      {locks.length > 0 && (
        <p className="mt-1 text-[0.9rem] text-quiet">
          {words.locks}: {locks.map(({ key }) => key).join(", ")}
        </p>
      )}
      {said.reasons.length > 0 && (
        <>
          <p className="mt-2 font-medium">{words.reasons}</p>
          <ul>
            {[...said.reasons, ...said.remarks].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
