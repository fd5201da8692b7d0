import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { wordOf } from "../../ui/word.ts";
import { Jump } from "./jump.tsx";
import { Lines } from "./log-lines.tsx";
import { useOutput } from "./output.ts";

interface Given {
  readonly run: RunShown;
  readonly name: string | undefined;
}

/** What one attempt said. */
export function Log({ run, name }: Given): ReactNode {
  const { runs: words } = useTexts();
  if (name === undefined) return null;
  const growing = run.attempts.find(({ log }) => log === name)?.ended === undefined;
  const attempt = run.attempts.find(({ log }) => log === name);
  const { step = "", target = "", purpose = "", attempt: count = 1 } = attempt ?? {};
  const title = run.plan.steps.find(({ id }) => id === step)?.title ?? step;
  const what = format(words.attempt, { purpose: wordOf(words.purposes, purpose), attempt: count });
  const where = [title, ...(target === "-" ? [] : [target]), what].join(" · ");
  return (
    <Section title={format(words.logOf, { name: attempt ? where : name })}>
      <Reader key={name} id={run.record.id} name={name} growing={growing} />
    </Section>
  );
}

function Reader({ id, name, growing }: { id: string; name: string; growing: boolean }): ReactNode {
  const { runs: words } = useTexts();
  const { body, error, older, newer, jump, jumps } = useOutput(id, name, growing);
  return (
    <Loaded of={{ data: body, error }}>
      {(there) => (
        <>
          <div className="mb-2 flex flex-wrap items-end justify-between gap-2">
            {older ? <Button onClick={older}>{words.logMore}</Button> : <span />}
            {(older ?? newer) && <Jump onJump={jump} />}
          </div>
          <Lines key={jumps} body={there} growing={growing} atEnd={jumps === 0} />
          {newer && (
            <Button className="mt-2" onClick={newer}>
              {words.logNewer}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}
