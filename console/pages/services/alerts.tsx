import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ServiceNow } from "../../../src/api/contract.ts";
import { alerts } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { ownerIn } from "./owner.ts";

interface Given {
  readonly service: ServiceNow;
  readonly all: readonly ServiceNow[];
}

/** What fires about a service. */
export function Alerts({ service, all }: Given): ReactNode {
  const { services: words } = useTexts();
  return (
    <Section title={words.openAlerts}>
      <Loaded of={useRead((lang) => alerts(lang, true))}>
        {({ alerts: open }) => {
          const own = open.filter(({ service: of }) => ownerIn(all, of) === service.id);
          if (own.length === 0) return <Empty say={words.openAlertsNone} />;
          return (
            <ul>
              {own.map(({ id, title, severity, target, started, hold }) => (
                <li key={id} className="border-t border-line py-1.5 first:border-0">
                  <Link to="/alerts/$id" params={{ id }} className="font-medium">
                    [{severity}] {title}
                  </Link>{" "}
                  {hold !== undefined && <Badge state="quiet" />}
                  <p className="text-[0.9rem] text-quiet">
                    {target} · <Moment at={started} />
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}
