import type { ReactNode } from "react";
import type { ProblemPage } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { Fact, Facts } from "../settings/facts.tsx";

/** What is known of it: what it comes back by, its cause, the way round, how it was mended, what people noted. */
export function Known({ problem }: { readonly problem: ProblemPage }): ReactNode {
  const { problems: words } = useTexts();
  const times = useTimes();
  const { signature, service, rule, symptom, cause, workaround, opened, by, closed, notes } = problem;
  const same = [service, rule, symptom].filter((one) => one !== undefined);
  const origin = by === undefined ? words.bySelf : format(words.by, { by });
  return (
    <Section title={words.known} aside={`${origin} · ${times.at(opened)}`}>
      <Facts>
        <Fact name={words.signature}>
          {signature === undefined ? (
            words.byHand
          ) : (
            <>
              {same.join(" · ")} <code className="text-quiet">{signature}</code>
            </>
          )}
        </Fact>
        <Fact name={words.cause}>{cause ?? <span className="text-quiet">{words.unknown}</span>}</Fact>
        <Fact name={words.workaround}>{workaround ?? <span className="text-quiet">{words.unknown}</span>}</Fact>
        {closed !== undefined && (
          <Fact name={words.mended}>
            {closed.fix} · {format(words.provenBy, { proof: closed.proof })}{" "}
            <span className="text-quiet">
              {closed.by} · <Moment at={closed.at} />
            </span>
          </Fact>
        )}
        {notes.length > 0 && (
          <Fact name={words.notes}>
            <ul>
              {notes.toReversed().map((note) => (
                <li key={`${note.at} ${note.by} ${note.text}`} className="mb-1 whitespace-pre-wrap">
                  {note.text}{" "}
                  <span className="text-[0.9rem] text-quiet">
                    {note.by} · <Moment at={note.at} />
                  </span>
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
    </Section>
  );
}
