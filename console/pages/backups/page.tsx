import type { ReactNode } from "react";
import { backups, promises } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Backup } from "./backup.tsx";
import { Calendar } from "./calendar.tsx";
import { Drills } from "./drills.tsx";
import { PromiseTable } from "./promises.tsx";

/** Whether the data would come back: sets and their proof, promises and theirs, drills that are due. */
export function BackupsPage(): ReactNode {
  const { backups: words } = useTexts();
  const promised = useRead(promises);
  return (
    <>
      <Title>{words.title}</Title>
      <Loaded of={useRead(backups)}>
        {({ at, backups: found }) =>
          found.length === 0 ? (
            <Section title={words.sets}>
              <Empty say={words.none} fix={words.noneFix} />
            </Section>
          ) : (
            found.map((one) => <Backup key={one.id} backup={one} at={at} />)
          )
        }
      </Loaded>
      <Loaded of={promised}>
        {({ drills }) => (
          <>
            <Calendar drills={drills} />
            <Drills drills={drills} />
          </>
        )}
      </Loaded>
      <Loaded of={promised}>{({ promises: found }) => <PromiseTable promises={found} />}</Loaded>
    </>
  );
}
