import type { ReactNode } from "react";
import { bookNow } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { Fact, Facts } from "./facts.tsx";

/** The book that is run, and a newer one that is refused. */
export function BookPart(): ReactNode {
  const { settings, shell } = useTexts();
  const { system: words } = settings;
  const times = useTimes();
  return (
    <Section title={words.book}>
      <Loaded of={useRead(bookNow)}>
        {({ title, commit, dirty, digest, root, loaded, state, findings, refused, ...counts }) => (
          <>
            {refused !== null && (
              <p role="status" className="mb-3 rounded-lg bg-fail-t px-3 py-2">
                {format(words.refused, { at: times.at(refused.at) })} {refused.why?.say} {refused.why?.fix}
              </p>
            )}
            <Facts>
              <Fact name={words.state}>
                <Badge state={state} /> {title}
              </Fact>
              <Fact name={words.revision}>
                {commit === null ? shell.folder : <code>{commit}</code>} {dirty && commit !== null ? words.dirty : ""}
              </Fact>
              <Fact name={words.digest}>
                <code>{digest}</code>
              </Fact>
              <Fact name={words.root}>
                <code>{root}</code>
              </Fact>
              <Fact name={words.loaded}>
                <Moment at={loaded} />
              </Fact>
              <Fact name={words.findings}>{format(words.findingsSay, findings)}</Fact>
              <Fact name={words.contains}>{format(words.containsSay, numbersOf(counts))}</Fact>
            </Facts>
          </>
        )}
      </Loaded>
    </Section>
  );
}

interface Counts {
  readonly documents: number;
  readonly duties: number;
  readonly checks: number;
  readonly runbooks: number;
}
const numbersOf = ({ documents, duties, checks, runbooks }: Counts): Record<keyof Counts, number> => ({
  ...{ documents, duties, checks, runbooks },
});
