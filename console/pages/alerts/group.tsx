import { useState, type ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { useAsk } from "./dialogs.tsx";
import { ackedBy, type AlertGroup } from "./groups.ts";
import { Row } from "./row.tsx";

const MOST = 20;

/** One rule on its targets. */
export function Group({ group }: { readonly group: AlertGroup }): ReactNode {
  const { alerts: words, shell } = useTexts();
  const [all, setAll] = useState(false);
  const ask = useAsk();
  const [first, ...others] = group.alerts.filter((alert) => alert.ended === undefined && ackedBy(alert) === undefined);
  const shown = all ? group.alerts : group.alerts.slice(0, MOST);
  return (
    <div className="border-t border-line py-3 first-of-type:border-0">
      <h3 className="mb-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1 font-semibold">
        <span>
          [{group.severity}] {group.title}
        </span>
        {first && others.length > 0 && (
          <Button onClick={() => ask({ what: "acknowledge", alerts: [first, ...others] })}>
            {format(words.acknowledgeAll, { count: 1 + others.length })}
          </Button>
        )}
      </h3>
      <ul>
        {shown.map((alert) => (
          <Row key={alert.id} alert={alert} />
        ))}
      </ul>
      {group.alerts.length > MOST && (
        <Button look="bare" onClick={() => setAll(!all)}>
          {all ? shell.less : format(shell.more, { count: group.alerts.length })}
        </Button>
      )}
    </div>
  );
}
