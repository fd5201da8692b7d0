import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { services } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Title } from "../../ui/title.tsx";
import { Alerts } from "./alerts.tsx";
import { Checks } from "./checks.tsx";
import { Facts } from "./facts.tsx";
import { Last } from "./last.tsx";
import { OnCall } from "./on-call.tsx";
import { OWN } from "./owner.ts";
import { State } from "./row.tsx";
import { Runbooks } from "./runbooks.tsx";

/** One service: its checks and their day, what fires, what can be done, whom to ask. */
export function ServicePage(): ReactNode {
  const { services: words } = useTexts();
  const { id = "" } = useParams({ strict: false });
  const { check } = useSearch({ strict: false });
  return (
    <Loaded of={useRead(services)}>
      {({ services: all }) => {
        const service = all.find((one) => one.id === id || (check !== undefined && one.id === OWN));
        if (service === undefined)
          return (
            <>
              <Title>{id}</Title>
              <Empty say={words.absent} fix={words.absentFix}>
                <Link to="/services">{words.title}</Link>
              </Empty>
            </>
          );
        return (
          <>
            <Title aside={<State state={service.state} />}>{service.id === OWN ? words.own : service.title}</Title>
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-5 wide:grid-cols-[minmax(0,1.65fr)_minmax(0,1fr)]">
              <div>
                <Checks service={service} />
                <Runbooks service={service} only={all.filter((one) => one.id !== OWN).length === 1} />
              </div>
              <div>
                <Alerts service={service} all={all} />
                <Facts service={service} all={all} />
                <Last service={service} />
                <OnCall />
              </div>
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
