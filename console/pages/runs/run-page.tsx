import { useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { run as reading } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";
import { Control } from "./control.tsx";
import { Head } from "./head.tsx";
import { Log } from "./log.tsx";
import { isOver } from "./over.ts";
import { PlanSteps } from "./plan-steps.tsx";
import { Proof } from "./proof.tsx";
import { Steps } from "./steps.tsx";
import { useRunStream } from "./stream.ts";
import { Waits } from "./waits.tsx";
import { Windows } from "./windows.tsx";

/** One run: how it stands, what it waits for, its steps, what they said, its evidence. */
export function RunPage(): ReactNode {
  const { id } = useParams({ from: "/runs/$id" });
  const { runs: words } = useTexts();
  const [log, setLog] = useState<string>();
  const shown = useRead((lang) => reading(lang, id));
  const open = shown.data !== undefined && !isOver(shown.data.record.state);
  useRunStream(shown.data?.record.id ?? id, shown.data?.view.seq ?? 0, open);
  return (
    <Loaded of={shown}>
      {(run) => (
        <>
          <Title aside={<Control run={run} />}>{`${run.record.title} · ${run.record.environment}`}</Title>
          <Head run={run} />
          <Waits run={run} />
          <Steps run={run} chosen={log} onChoose={setLog} />
          <Log run={run} name={log ?? run.attempts.at(-1)?.log} />
          <Windows run={run} />
          <Proof run={run} />
          <Section title={words.planned}>
            <PlanSteps plan={run.plan} />
          </Section>
        </>
      )}
    </Loaded>
  );
}
