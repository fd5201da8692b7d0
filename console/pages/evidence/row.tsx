import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { EvidenceListed } from "../../../src/api/contract.ts";
import { verification } from "../../api/queries.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";

/** A verdict is asked for anew after so long, milliseconds. */
export const FRESH = 60_000;

/** One evidence directory: what it is of, and what the verifier makes of it. Until that is known it is not verified. */
export function EvidenceRow({ one: { id, says } }: { readonly one: EvidenceListed }): ReactNode {
  const { evidence: words } = useTexts();
  const { lang } = usePrefs();
  const times = useTimes();
  const { data } = useQuery({ ...verification(lang, id), staleTime: FRESH });
  const reason = data?.verdict === "refused" ? data.reasons.at(-1)?.say : undefined;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link data-row to="/evidence/$id" params={{ id }} className="font-medium">
            {says?.title ?? id}
          </Link>
          {says?.mode === "dry-run" && <Badge state="rehearsal" word={words.rehearsal} />}
        </p>
        <p className="text-[0.9rem] text-quiet">
          {says === null
            ? words.unreadable
            : format(words.ended, {
                kind: words.kindOf[says.kind],
                at: times.at(Date.parse(says.ended)),
                host: says.host,
              })}
        </p>
        {reason !== undefined && <p className="text-[0.9rem] text-fail">{reason}</p>}
      </div>
      <Badge state={data?.verdict ?? "unverified"} />
    </li>
  );
}
