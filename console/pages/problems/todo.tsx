import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { ProblemPage } from "../../../src/api/contract.ts";
import { incidents } from "../../api/incidents.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useToday } from "../../app/today.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";
import { Act } from "../incidents/act.tsx";
import { actionDeed, doneDeed, type Deed } from "../incidents/deeds.ts";
import { Work } from "../incidents/work.tsx";

/** Work that keeps it from coming back, until it is done; new work is kept with its newest incident. */
export function Todo({ problem: { actions, joined } }: { readonly problem: ProblemPage }): ReactNode {
  const { problems: words, incidents: of } = useTexts();
  const { lang } = usePrefs();
  const choices = useQuery(incidents(lang, false)).data?.choices;
  const today = useToday();
  const [doing, go] = useState<{ readonly incident: string; readonly deed: Deed }>();
  const open = actions.filter(({ done }) => done === undefined).length;
  const [newest] = joined;
  return (
    <Section title={words.actions} aside={actions.length === 0 ? undefined : `${open} / ${actions.length}`}>
      {actions.length === 0 && <Empty say={of.noActions} fix={of.noActionsFix} />}
      <Work actions={actions} today={today} onDone={({ id, incident = "" }) => go({ incident, deed: doneDeed(id) })} />
      {newest !== undefined && choices !== undefined && (
        <p className="mt-2">
          <Button onClick={() => go({ incident: newest.id, deed: actionDeed(choices) })}>{of.act.action}</Button>
        </p>
      )}
      {doing !== undefined && <Act {...doing} onClose={() => go(undefined)} />}
    </Section>
  );
}
