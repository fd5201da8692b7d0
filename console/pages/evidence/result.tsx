import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { wordOf } from "../../ui/word.ts";
import type { Flaw } from "./verify/flaw.ts";
import { CHECKS, type Checked } from "./verify/verify.ts";

/** Why it is not believed, in words. */
export function FlawSaid({ flaw }: { readonly flaw: Flaw }): ReactNode {
  const { evidence } = useTexts();
  return <span>{format(evidence.flaws[flaw.code], flaw.values)}</span>;
}

/** What was checked, one after the other, what stopped it, and what was not looked at. */
export function Result({ of }: { readonly of: Checked }): ReactNode {
  const { evidence: words } = useTexts();
  const { held, flaw, stated, signer, log, persons } = of;
  const { name = "", fingerprint = "" } = signer ?? {};
  const values = { name, fingerprint, index: 0, size: 0, origin: "", ...log };
  return (
    <div role={flaw ? "alert" : "status"} className="mt-3">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {flaw ? <Badge state="refused" /> : <Badge state="ok" word={words.genuine} />}
        {flaw ? words.holdsNot : format(words.holds, { verdict: wordOf(words.verdicts, stated?.verdict ?? "") })}
      </p>
      <p className="mt-2 font-medium">{words.checked}</p>
      <ul className="mt-1">
        {held.map((check) => (
          <Line key={check} sign="✓" look="text-pass">
            {format(words.checks[check], values)}
          </Line>
        ))}
        {flaw && (
          <Line sign="✕" look="text-fail">
            <strong className="text-fail">
              <FlawSaid flaw={flaw} />
            </strong>
          </Line>
        )}
        {held.length + 1 < CHECKS.length && (
          <Line sign="·" look="text-quiet">
            {format(words.notReached, { count: CHECKS.length - held.length - 1 })}
          </Line>
        )}
      </ul>
      {persons.length > 0 && <p className="mt-1">{format(words.persons, { files: persons.join(", ") })}</p>}
      <p className="mt-2 font-medium">{words.only.replaceAll("`", "")}</p>
      <p className="text-quiet">{words.onlyWhat}</p>
    </div>
  );
}

interface LineGiven {
  readonly sign: string;
  readonly look: string;
  readonly children: ReactNode;
}

function Line({ sign, look, children }: LineGiven): ReactNode {
  return (
    <li className="flex gap-2 py-0.5">
      <span aria-hidden="true" className={look}>
        {sign}
      </span>
      <span>{children}</span>
    </li>
  );
}
