import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Section } from "../../ui/section.tsx";

/** Who approved it, and where its evidence lies. */
export function Proof({ run: { record, view } }: { readonly run: RunShown }): ReactNode {
  const { runs: words } = useTexts();
  const times = useTimes();
  return (
    <>
      {view.gates.length > 0 && (
        <Section title={words.gates}>
          <ul>
            {view.gates.map(({ gate, state, given, rejected }) => (
              <li key={gate} className="py-1">
                <Badge state={state === "given" ? "pass" : state === "asked" ? "wait" : "refused"} />{" "}
                {gate === "plan" ? words.waits.plan : gate}{" "}
                <span className="text-quiet">
                  {given.map(({ by, at }) => format(words.given, { by, at: times.at(at) })).join(" · ")}
                  {rejected !== undefined && `${rejected.by}: ${rejected.reason}`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.evidence}>
        {record.evidence === undefined ? (
          <p className="text-quiet">{words.evidenceNone}</p>
        ) : (
          <>
            <p className="break-all">
              <code>{record.evidence}</code>
            </p>
            <p className="mt-1">
              <Link to="/evidence/$id" params={{ id: record.evidence.split("/").at(-1)! }}>
                {words.verifyHere}
              </Link>
            </p>
            <p className="mt-1 break-all text-quiet">
              {format(words.verify, { command: `watchbook evidence verify ${record.evidence}` })}
            </p>
          </>
        )}
      </Section>
    </>
  );
}
