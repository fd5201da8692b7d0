import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
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
  return (
    <Section title={format(words.logOf, { name })}>
      <Reader key={name} id={run.record.id} name={name} growing={growing} />
    </Section>
  );
}

function Reader({ id, name, growing }: { id: string; name: string; growing: boolean }): ReactNode {
  const { runs: words } = useTexts();
  const { body, error, older } = useOutput(id, name, growing);
  return (
    <Loaded of={{ data: body, error }}>
      {(there) => (
        <>
          {older && (
            <Button look="bare" onClick={older}>
              {words.logMore}
            </Button>
          )}
          <Lines body={there} growing={growing} />
        </>
      )}
    </Loaded>
  );
}
