import type { ReactNode } from "react";
import { runs } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { isOver } from "./over.ts";
import { RunRow } from "./row.tsx";
import { Runbooks } from "./runbooks.tsx";
import { Past } from "./past.tsx";

/** What runs and what waits, what can be run, what was run. */
export function RunsPage(): ReactNode {
  const { runs: words } = useTexts();
  const all = useRead(runs);
  return (
    <>
      <Title>{words.title}</Title>
      <Loaded of={all}>
        {({ runs: found }) => {
          const open = found.filter(({ state }) => !isOver(state));
          return (
            <Section title={words.open} aside={open.length}>
              {open.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
              <ul>
                {open.map((run) => (
                  <RunRow key={run.id} run={run} />
                ))}
              </ul>
            </Section>
          );
        }}
      </Loaded>
      <Runbooks />
      <Loaded of={all}>{({ runs: found }) => <Past runs={found.filter(({ state }) => isOver(state))} />}</Loaded>
    </>
  );
}
