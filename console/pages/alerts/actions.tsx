import type { ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { useAsk } from "./dialogs.tsx";
import { ackedBy } from "./groups.ts";

/** What can be done about an open alert. */
export function Actions({ alert }: { readonly alert: AlertShown }): ReactNode {
  const { alerts: words } = useTexts();
  const ask = useAsk();
  const about = `${alert.title} · ${alert.target}`;
  return (
    <div className="flex flex-wrap gap-2">
      {ackedBy(alert) === undefined && (
        <Button
          look="main"
          aria-label={`${words.acknowledge}: ${about}`}
          onClick={() => ask({ what: "acknowledge", alerts: [alert] })}
        >
          {words.acknowledge}
        </Button>
      )}
      {alert.hold === undefined && (
        <Button aria-label={`${words.escalate}: ${about}`} onClick={() => ask({ what: "escalate", alerts: [alert] })}>
          {words.escalate}
        </Button>
      )}
      <Button aria-label={`${words.silence}: ${about}`} onClick={() => ask({ what: "silence", alerts: [alert] })}>
        {words.silence}
      </Button>
      {alert.outside !== undefined && (
        <Button aria-label={`${words.close}: ${about}`} onClick={() => ask({ what: "close", alerts: [alert] })}>
          {words.close}
        </Button>
      )}
    </div>
  );
}
