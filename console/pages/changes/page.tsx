import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useMemo, type ReactNode } from "react";
import { changes } from "../../api/changes.ts";
import { wallNow } from "../../app/clock.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { askedBy } from "./asked.ts";
import { Filters } from "./filters.tsx";
import { Row } from "./row.tsx";

/** What changed, newest first: runs that wrote, and revisions of the manual. */
export function ChangesPage(): ReactNode {
  const { lang, texts } = usePrefs();
  const { changes: words } = texts;
  const chosen = useSearch({ from: "/changes" });
  const asked = useMemo(() => askedBy(chosen, wallNow()), [chosen]);
  const found = useInfiniteQuery(changes(lang, asked));
  return (
    <>
      <Title>{words.title}</Title>
      <Filters chosen={chosen} />
      <Loaded of={found}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.changes);
          return (
            <Section title={words.list} aside={all.length}>
              {all.length === 0 && (
                <Empty say={words.none} fix={words.noneFix}>
                  <Link to="/runs">{words.runbooks}</Link>
                </Empty>
              )}
              <ul>
                {all.map((change) => (
                  <Row key={change.id} change={change} />
                ))}
              </ul>
              {found.hasNextPage && (
                <Button className="mt-2" disabled={found.isFetching} onClick={() => void found.fetchNextPage()}>
                  {words.older}
                </Button>
              )}
              <p className="mt-3 text-[0.88rem] text-quiet">{words.byHand}</p>
            </Section>
          );
        }}
      </Loaded>
    </>
  );
}
