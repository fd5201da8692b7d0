import type { ReactNode } from "react";
import type { Inspected } from "../../../src/api/contract.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";

/** What came out of doing a duty: the verdict, each item, the report. */
export function Result({ done: { inspection, problems } }: { readonly done: Inspected }): ReactNode {
  const { texts, lang } = usePrefs();
  return (
    <div role="status" className="mt-4 border-t border-line pt-3">
      <p className="mb-2 flex flex-wrap items-center gap-3">
        <span className="font-medium">{texts.duties.result}</span>
        <Badge state={inspection.verdict} />
        <a href={`/reports/${encodeURIComponent(inspection.id)}?lang=${lang}`}>{texts.duties.report}</a>
      </p>
      <ul>
        {inspection.items.map(({ id, text, outcome }) => (
          <li key={id} className="flex items-baseline gap-3 py-1">
            <Badge state={outcome} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {problems.map(({ code, say, fix }) => (
        <p key={code} className="mt-2 text-fail">
          {say} {fix}
        </p>
      ))}
    </div>
  );
}
