import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";

type Action = IncidentShown["actions"][number] & { readonly incident?: string };

interface Given {
  readonly actions: readonly Action[];
  /** `2026-12-01`: what was due before is overdue. */
  readonly today: string;
  readonly onDone: (action: Action) => void;
}

/** Work that keeps it from coming back: what, who, by when, and what proved that it is done. */
export function Work({ actions, today, onDone }: Given): ReactNode {
  const { incidents: words } = useTexts();
  return (
    <ul>
      {actions.map((action) => {
        const { id, incident, text, owner, due, done } = action;
        const late = done === undefined && due < today;
        return (
          <li
            key={`${incident ?? ""} ${id}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-0 first:pt-0"
          >
            <div className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">
              <p>{text}</p>
              <p className="text-[0.9rem] text-quiet">
                {format(words.actionLine, { owner, due })}
                {done !== undefined && ` · ${format(words.doneBy, { by: done.by, text: done.text })}`}
                {incident !== undefined && (
                  <>
                    {" · "}
                    <Link to="/incidents/$id" params={{ id: incident }}>
                      {incident}
                    </Link>
                  </>
                )}
              </p>
            </div>
            <span className="flex items-center gap-2">
              <Badge state={done === undefined ? (late ? "overdue" : "due") : "done"} />
              {done === undefined && (
                <Button aria-label={`${words.act.done}: ${text}`} onClick={() => onDone(action)}>
                  {words.act.done}
                </Button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
