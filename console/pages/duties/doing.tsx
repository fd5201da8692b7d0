import type { ReactNode } from "react";
import type { DutyNow, Inspected } from "../../../src/api/contract.ts";
import { useAct } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";
import { Open } from "./open.tsx";
import { Result } from "./result.tsx";

/** Does a duty now and shows what came out; what waits for a person is asked below. */
export function Doing({ duty }: { readonly duty: DutyNow }): ReactNode {
  const { duties: words } = useTexts();
  const acting = useAct<Inspected>("duties", "inspections", "records", "status", "events");
  const answering = useAct<Inspected>("duties", "inspections", "records", "status", "events");
  const done = answering.data ?? acting.data;
  const path = `/api/v1/duties/${encodeURIComponent(duty.id)}/inspect`;
  return (
    <>
      <Section title={words.do}>
        <p className="mb-3 text-quiet">{words.doHint}</p>
        {acting.error !== null && (
          <div className="mb-3">
            <Refusal error={acting.error} />
          </div>
        )}
        <Button
          look="main"
          disabled={acting.isPending}
          onClick={() => {
            answering.reset();
            acting.mutate({ path, body: {} });
          }}
        >
          {acting.isPending ? words.doing : words.do}
        </Button>
        {done !== undefined && <Result done={done} />}
      </Section>
      {duty.state === "open" && duty.last !== null && <Open duty={duty.id} run={duty.last.id} acting={answering} />}
    </>
  );
}
