import { useState, type ReactNode } from "react";
import { alerts } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Group } from "./group.tsx";
import { grouped } from "./groups.ts";
import { Silences } from "./silences.tsx";

/** What fires, grouped; who has it; what is silenced. */
export function AlertsPage(): ReactNode {
  const { alerts: words } = useTexts();
  const [past, setPast] = useState(false);
  const now = useRead((lang) => alerts(lang, !past));
  return (
    <Dialogs>
      <Title aside={<Button onClick={() => setPast(!past)}>{past ? words.hidePast : words.showPast}</Button>}>
        {words.title}
      </Title>
      <Loaded of={now}>
        {({ alerts: all }) => {
          const open = all.filter(({ ended }) => ended === undefined);
          const over = all.filter(({ ended }) => ended !== undefined);
          return (
            <>
              <Section title={words.open} aside={format(words.count, { count: open.length })}>
                {open.length === 0 && <Empty say={words.none} fix={words.noneFix} />}
                {grouped(open).map((group) => (
                  <Group key={group.key} group={group} />
                ))}
              </Section>
              {past && over.length > 0 && (
                <Section title={words.past} aside={over.length}>
                  {grouped(over).map((group) => (
                    <Group key={group.key} group={group} />
                  ))}
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
      <Silences />
    </Dialogs>
  );
}
