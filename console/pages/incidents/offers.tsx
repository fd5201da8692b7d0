import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";

/** What the manual says about it: the way round that is known, runbooks, rows of the symptom table. */
export function Offers({ incident }: { readonly incident: IncidentShown }): ReactNode {
  const { incidents: words } = useTexts();
  const { offers, workaround, state } = incident;
  if (state === "closed" || (offers.length === 0 && workaround === undefined)) return null;
  return (
    <Section title={words.offers}>
      {workaround !== undefined && (
        <p className="mb-2">
          <span className="font-medium">{words.workaround}:</span> {workaround.text}{" "}
          <Link
            to="/incidents/problems/$id"
            params={{ id: workaround.problem }}
            className="whitespace-nowrap text-quiet"
          >
            {workaround.problem}
          </Link>
        </p>
      )}
      <ul>
        {offers.map(({ kind, id, title, look, source }) => (
          <li
            key={`${kind} ${title} ${source?.line ?? ""}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-t border-line py-2 first:border-0"
          >
            <span>
              {title}
              {look !== undefined && ` · ${words.look} ${look}`}
            </span>
            {source !== undefined && <Place source={source} />}
            {kind === "runbook" && id !== undefined && (
              <Link to="/runs/new/$runbook" params={{ runbook: id }}>
                {words.run}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
