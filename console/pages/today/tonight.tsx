import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Status } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";

const AHEAD_MS = 18 * 3_600_000;

/** What falls due in the next hours, soonest first: the whole night of whoever takes over in the evening. */
export function Tonight({ status }: { readonly status: Status }): ReactNode {
  const { today } = useTexts();
  const coming = status.duties
    .flatMap(({ id, title, next }) => next.map((at) => ({ id, title, at })))
    .filter(({ at }) => at <= status.at + AHEAD_MS)
    .toSorted((a, b) => a.at - b.at);
  return (
    <Section title={today.tonight}>
      {coming.length === 0 && <Empty say={today.tonightNone} />}
      <ol>
        {coming.map(({ id, title, at }) => (
          <li key={`${id} ${at}`} className="flex flex-wrap gap-x-4 py-1">
            <Moment at={at} />
            <Link to="/duties/$id" params={{ id }} className="plain hover:underline">
              {title}
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  );
}
