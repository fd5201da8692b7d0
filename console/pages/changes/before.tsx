import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { changesIn } from "../../api/changes.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Row } from "./row.tsx";

const HOUR = 3_600_000;

interface Given {
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** Id of a change that is left out. */
  readonly but?: string;
}

/** What changed in the hour before something began to go wrong, in every service: what is shared breaks others. */
export function Before({ until, but }: Given): ReactNode {
  const { changes: words } = useTexts();
  return (
    <Section title={words.before} aside={<Link to="/changes">{words.all}</Link>}>
      <Loaded of={useRead((lang) => changesIn(lang, until - HOUR, until))}>
        {({ changes }) => {
          const others = changes.filter(({ id }) => id !== but);
          if (others.length === 0) return <Empty say={words.beforeNone} fix={words.byHand} />;
          return (
            <ul>
              {others.map((change) => (
                <Row key={change.id} change={change} />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}
