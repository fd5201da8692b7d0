import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState, type ReactNode } from "react";
import { manualFiles } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { wordOf } from "../../ui/word.ts";
import { Found } from "./found.tsx";

const UNDERSTOOD = ["recognised", "declared"];
const LEVELS = ["error", "warn", "note"] as const;

/** The manual: search over all of it, its documents with what was understood and what is wrong in each. */
export function ManualPage(): ReactNode {
  const { manual: words } = useTexts();
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query.trim());
  return (
    <>
      <Title>{words.title}</Title>
      <search>
        <Field
          type="search"
          label={words.search}
          hint={words.searchHint}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          autoComplete="off"
        />
      </search>
      {asked !== "" && <Found query={asked} />}
      <Loaded of={useRead(manualFiles)}>
        {({ files }) => {
          const sum = (states?: readonly string[]): number =>
            files
              .flatMap(({ byState }) => Object.entries(byState))
              .reduce(
                (total, [state, count]) => total + (states === undefined || states.includes(state) ? count : 0),
                0,
              );
          const coverage = format(words.coverageSum, { understood: sum(UNDERSTOOD), blocks: sum() });
          return (
            <Section title={words.documents} aside={coverage}>
              {files.length === 0 && <Empty say={words.empty} fix={words.emptyFix} />}
              <ul>
                {files.map(({ file, title, lines, byState, findings }) => (
                  <li key={file} className="border-t border-line py-2.5 first:border-0 first:pt-0">
                    <p className="flex flex-wrap items-baseline gap-x-3">
                      <Link data-row to="/manual/file/$" params={{ _splat: file }} className="font-medium">
                        {title}
                      </Link>
                      <code className="text-quiet">{file}</code>
                      <span className="text-[0.88rem] text-quiet">{format(words.lines, { count: lines })}</span>
                    </p>
                    <p className="mt-1 flex flex-wrap gap-1.5">
                      {LEVELS.filter((level) => findings[level] > 0).map((level) => (
                        <Count key={level} state={level} count={findings[level]} />
                      ))}
                      {Object.entries(byState).map(([state, count]) => (
                        <Count key={state} state={state} count={count} />
                      ))}
                    </p>
                  </li>
                ))}
              </ul>
            </Section>
          );
        }}
      </Loaded>
    </>
  );
}

function Count({ state, count }: { readonly state: string; readonly count: number }): ReactNode {
  const { states, manual } = useTexts();
  const word = wordOf({ ...states, ...manual.levels }, state);
  return <Badge state={state} word={`${count} ${word}`} />;
}
