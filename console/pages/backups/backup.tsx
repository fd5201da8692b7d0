import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { BackupListed } from "../../../src/api/contract.ts";
import { backupSets } from "../../api/queries.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";
import { Sets } from "./sets.tsx";

interface Given {
  readonly backup: BackupListed;
  /** When it was asked, milliseconds since the epoch. */
  readonly at: number;
}

/** One backup: how old its newest set is beside what may be lost, and its sets when somebody looks. */
export function Backup({ backup, at }: Given): ReactNode {
  const { backups: words } = useTexts();
  const { lang } = usePrefs();
  const times = useTimes();
  const [wanted, setWanted] = useState(false);
  const looked = useQuery({ ...backupSets(lang, backup.id), enabled: wanted, staleTime: Infinity, retry: false });
  const { id, title, taken, rpo, oldest, alarm, take, restore, target } = backup;
  const age = taken === null ? null : (at - taken) / 1_000;
  const limit = rpo ?? oldest;
  // Young enough is no proof: only a restore is. So nothing here is green.
  const state = age === null ? "unknown" : limit !== null && age > limit ? "fail" : "note";
  const word = { note: words.keptWord, fail: words.broken, unknown: words.unknownWord }[state];
  const said = age === null ? words.never : format(words.newest, { age: times.span(age) });
  return (
    <Section title={`${words.sets}: ${title ?? id}`} at={`set-${id}`} aside={<Place source={backup.source} />}>
      <p className="flex flex-wrap items-center gap-2">
        <Badge state={state} word={said} />
        {rpo !== null && format(words.keeps, { limit: times.span(rpo), word })}
        {rpo === null && <span className="text-quiet">{words.noRpo}</span>}
        {oldest !== null && <span className="text-quiet">{format(words.old, { limit: times.span(oldest) })}</span>}
      </p>
      {alarm !== null && <p className="mt-1 text-warn">{alarm}</p>}
      {!wanted && <p className="mt-2 text-quiet">{words.notLooked}</p>}
      {wanted && looked.isFetching && <p className="mt-2 text-quiet">{words.looking}</p>}
      {wanted && !looked.isPending && (
        <Loaded of={{ ...looked, data: looked.isError ? undefined : looked.data }}>
          {(now) => <Sets now={now} target={target} />}
        </Loaded>
      )}
      <p className="mt-2 flex flex-wrap items-center gap-3">
        <Button disabled={looked.isFetching} onClick={() => (wanted ? void looked.refetch() : setWanted(true))}>
          {words.look}
        </Button>
        {restore !== null && (
          <Link to="/runs/new/$runbook" params={{ runbook: restore }}>
            {words.restore}
          </Link>
        )}
        {take !== null && (
          <Link to="/runs/new/$runbook" params={{ runbook: take }}>
            {words.take}
          </Link>
        )}
      </p>
    </Section>
  );
}
