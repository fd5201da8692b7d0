import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { PATH } from "./looks.ts";

/** Whether users are hit, and what says so. It is confirmed before anything is changed. */
export function Path({ incident: { path, state } }: { readonly incident: IncidentShown }): ReactNode {
  const { incidents: words } = useTexts();
  const { readings, word, checks } = path;
  return (
    <Section title={words.path}>
      <p className="flex flex-wrap items-center gap-2" aria-live="polite">
        <Badge state={PATH[path.state]} word={words.pathStates[path.state]} />
        {state === "confirming" && <span className="font-medium">{words.pathFirst}</span>}
      </p>
      {checks.length === 0 && <p className="mt-1 text-quiet">{words.pathNone}</p>}
      <ul className="mt-1">
        {readings.map(({ check, target, outcome, at }) => (
          <li key={`${check} ${target}`} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1">
            <Badge state={outcome} />
            <span>
              {check} · {target}
            </span>
            <span className="text-[0.9rem] text-quiet">
              <Moment at={at} />
            </span>
          </li>
        ))}
      </ul>
      {word !== undefined && <p className="mt-1 text-quiet">{format(words.word, word)}</p>}
    </Section>
  );
}
