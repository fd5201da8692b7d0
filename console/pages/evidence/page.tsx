import { useState, type ReactNode } from "react";
import { evidences } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { INPUT } from "../../ui/labelled.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Deliverables } from "./deliverables.tsx";
import { Given } from "./given.tsx";
import { EvidenceRow } from "./row.tsx";

const KINDS = ["all", "inspection", "run", "drill", "incident"] as const;
/** Each row is verified when it is shown. */
const ROWS = 25;

/** What is on record, newest first, each with the verifier's verdict; and a place for evidence from elsewhere. */
export function EvidencePage(): ReactNode {
  const { evidence: words } = useTexts();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("all");
  const [limit, setLimit] = useState(ROWS);
  const found = useRead((lang) => evidences(lang, kind === "all" ? undefined : kind, limit));
  const { data } = found;
  const aside = data && format(words.counted, { shown: data.evidence.length, total: data.total });
  const choose = (
    <select
      aria-label={words.kind}
      value={kind}
      onChange={({ target }) => setKind(KINDS.find((one) => one === target.value) ?? "all")}
      className={`${INPUT} mb-2 max-w-56`}
    >
      {KINDS.map((one) => (
        <option key={one} value={one}>
          {words.kinds[one]}
        </option>
      ))}
    </select>
  );
  return (
    <>
      <Title>{words.title}</Title>
      <Section title={words.list} aside={aside}>
        <Loaded of={found}>
          {({ total, evidence }) => (
            <>
              {total > 0 && choose}
              {total === 0 && <Empty say={words.none} fix={words.noneFix} />}
              {total > 0 && evidence.length === 0 && <Empty say={words.noneOf} />}
              <ul>
                {evidence.map((one) => (
                  <EvidenceRow key={one.id} one={one} />
                ))}
              </ul>
              {evidence.length === limit && limit < 500 && (
                <Button className="mt-2" onClick={() => setLimit(Math.min(500, limit + 2 * ROWS))}>
                  {words.more}
                </Button>
              )}
            </>
          )}
        </Loaded>
      </Section>
      <Given />
      <Deliverables />
    </>
  );
}
