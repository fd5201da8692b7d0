import type { ReactNode } from "react";
import { status } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Title } from "../../ui/title.tsx";
import { Banners } from "./banners.tsx";
import { Due } from "./due.tsx";
import { Happened } from "./happened.tsx";
import { OnCall } from "./on-call.tsx";
import { Promises } from "./promises.tsx";
import { Strip } from "./strip.tsx";
import { Tonight } from "./tonight.tsx";
import { Waits, Wrong } from "./troubles.tsx";

/** What needs somebody now: wrong first, then who is waited for, what is due, who is on call, what runs tonight. */
export function TodayPage(): ReactNode {
  const { today } = useTexts();
  const now = useRead(status);
  return (
    <>
      <Title>{today.title}</Title>
      <Loaded of={now}>
        {(data) => (
          <>
            <Banners status={data} />
            <div className="grid items-start gap-x-5 wide:grid-cols-[minmax(0,1.65fr)_minmax(0,1fr)]">
              <div>
                <Wrong status={data} />
                <Waits status={data} />
                <Strip />
                <Promises />
              </div>
              <div>
                <Due status={data} />
                <Tonight status={data} />
                <OnCall />
                <Happened />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
