import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ServiceNow } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Marks, type Mark } from "../../ui/marks.tsx";
import { OWN } from "./owner.ts";

interface Given {
  readonly service: ServiceNow;
  readonly marks: readonly Mark[] | undefined;
}

/** How one service stands, and how it stood. */
export function Row({ service, marks }: Given): ReactNode {
  const { services: words } = useTexts();
  const { id, title, environments, owner, checks, alerts, running } = service;
  const name = id === OWN ? words.own : title;
  const count = Object.values(checks).reduce((sum, one) => sum + one, 0);
  const said = [
    ...(count > 0 ? [format(words.counts, { count })] : []),
    ...(alerts > 0 ? [format(words.alerts, { count: alerts })] : []),
    ...(running > 0 ? [format(words.running, { count: running })] : []),
    ...environments,
    ...(owner === null ? [] : [owner]),
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t border-line py-2.5 first:border-0 first:pt-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link data-row to="/services/$id" params={{ id }} className="font-medium">
            {name}
          </Link>
          <State state={service.state} />
        </p>
        <p className="text-[0.9rem] text-quiet">{said.join(" · ")}</p>
      </div>
      <div className="flex flex-1 basis-56 justify-end">
        {marks !== undefined && <Marks title={name} marks={marks} />}
      </div>
    </li>
  );
}

/** The state of a service; that nothing looks at it is said, not left out. */
export function State({ state }: Pick<ServiceNow, "state">): ReactNode {
  const { services: words } = useTexts();
  return state === "none" ? <Badge state="none" word={words.unwatched} /> : <Badge state={state} />;
}
