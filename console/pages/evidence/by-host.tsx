import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { EvidenceShown } from "../../../src/api/contract.ts";
import { signers, verification } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { usePrefs, useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { wordOf } from "../../ui/word.ts";
import { FRESH } from "./row.tsx";

/** What the verifier of this host says, beside what the evidence states of itself. */
export function ByHost({ of: { id, says } }: { readonly of: EvidenceShown }): ReactNode {
  const { evidence: words } = useTexts();
  const { lang } = usePrefs();
  const times = useTimes();
  const asked = useQuery({ ...verification(lang, id), staleTime: FRESH });
  const { data } = asked;
  const trusted = useRead(signers).data?.of;
  const word = (verdict: string): string => wordOf(words.verdicts, verdict);
  return (
    <Section title={words.byHost} aside={says && <code>{says.run}</code>}>
      <p className="flex flex-wrap items-center gap-2">
        <Badge state={data?.verdict ?? "unverified"} />
        {data === undefined && asked.isFetching && <span className="text-quiet">{words.verifying}</span>}
        {says !== null &&
          data !== undefined &&
          (data.verdict === says.verdict
            ? format(words.statesIt, { verdict: word(says.verdict) })
            : format(words.statesOther, { stated: word(says.verdict) }))}
      </p>
      {says !== null && (
        <p className="mt-1 text-quiet">
          {format(words.ended, {
            kind: words.kindOf[says.kind],
            at: times.at(Date.parse(says.ended)),
            host: says.host,
          })}
          {" · "}
          {says.commit === null ? words.noCommit : format(words.commit, { commit: says.commit.slice(0, 10) })}
          {(says.kind === "run" || says.kind === "drill") && (
            <>
              {" · "}
              <Link to="/runs/$id" params={{ id: says.run }}>
                {words.openRun}
              </Link>
            </>
          )}
        </p>
      )}
      <Loaded of={asked}>
        {({ reasons, signedBy, countersignedBy, logged }) => (
          <>
            <ul className="mt-1">
              {reasons.map(({ say }) => (
                <li key={say}>{say}</li>
              ))}
            </ul>
            <p className="mt-1 text-quiet">
              {[
                ...(signedBy === null ? [] : [format(words.signedBy, { who: signedBy })]),
                ...countersignedBy.map((who) => format(words.alsoBy, { who })),
                ...(logged ? [words.logged] : []),
              ].join(" · ")}
            </p>
          </>
        )}
      </Loaded>
      <p className="mt-1 text-[0.88rem] text-quiet">
        {words.byHostNote}
        {trusted !== undefined && trusted !== "book" && ` ${words.keysOf[trusted]}`}
      </p>
    </Section>
  );
}
