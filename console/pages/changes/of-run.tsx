import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ChangeShown, RunChange } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { Sentence } from "../../ui/sentence.tsx";
import { Fact, Facts } from "../settings/facts.tsx";
import { rollbackSay } from "./rollback.ts";

interface Given {
  readonly change: ChangeShown;
  readonly run: RunChange;
}

/** A run that wrote, and the way to it and to its evidence. */
export function OfRun({ change, run }: Given): ReactNode {
  const { changes: words } = useTexts();
  const times = useTimes();
  const { facts } = words;
  const { id, began, at, by, service, environment, source } = change;
  const { reason, targets, params, approvals, rollback, evidence, verdict } = run;
  return (
    <Section
      title={words.list}
      aside={
        <Link to="/runs/$id" params={{ id }}>
          {words.run}
        </Link>
      }
    >
      <Facts>
        <Fact name={facts.began}>
          <Moment at={began} />
        </Fact>
        {verdict !== null && (
          <Fact name={facts.over}>
            <Moment at={at} />
          </Fact>
        )}
        <Fact name={facts.by}>{by}</Fact>
        {reason !== "" && <Fact name={facts.reason}>{reason}</Fact>}
        {service !== null && <Fact name={facts.service}>{service}</Fact>}
        <Fact name={facts.environment}>{environment}</Fact>
        {targets.length > 0 && <Fact name={facts.targets}>{targets.join(", ")}</Fact>}
        {params.length > 0 && (
          <Fact name={facts.params}>
            <code>{params.map(({ name, value }) => `${name}=${value}`).join(" ")}</code>
          </Fact>
        )}
        <Fact name={facts.approvals}>
          {approvals.map((one) => `${one.by}, ${times.at(one.at)}`).join(" · ") || facts.noApprovals}
        </Fact>
        {rollback !== null && <Fact name={facts.rollback}>{rollbackSay(rollback, words)}</Fact>}
        {source !== null && (
          <Fact name={facts.manual}>
            <Sentence source={source} />
          </Fact>
        )}
        <Fact name={words.evidence}>
          {evidence === null ? (
            words.evidenceNone
          ) : (
            <Link to="/evidence/$id" params={{ id: evidence }}>
              {evidence}
            </Link>
          )}
        </Fact>
      </Facts>
    </Section>
  );
}
