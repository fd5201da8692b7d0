import { useState, type ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Acknowledge } from "./acknowledge.tsx";
import { Close } from "./close.tsx";
import { Escalate } from "./escalate.tsx";
import { ackedBy } from "./groups.ts";
import { Silence } from "./silence.tsx";

/** What can be done about an open alert. */
export function Actions({ alert }: { readonly alert: AlertShown }): ReactNode {
  const { alerts: words } = useTexts();
  const [open, setOpen] = useState<"acknowledge" | "escalate" | "silence" | "close">();
  const close = (): void => setOpen(undefined);
  const about = `${alert.title} · ${alert.target}`;
  return (
    <div className="flex flex-wrap gap-2">
      {ackedBy(alert) === undefined && (
        <Button look="main" aria-label={`${words.acknowledge}: ${about}`} onClick={() => setOpen("acknowledge")}>
          {words.acknowledge}
        </Button>
      )}
      {alert.hold === undefined && (
        <Button aria-label={`${words.escalate}: ${about}`} onClick={() => setOpen("escalate")}>
          {words.escalate}
        </Button>
      )}
      <Button aria-label={`${words.silence}: ${about}`} onClick={() => setOpen("silence")}>
        {words.silence}
      </Button>
      {alert.outside !== undefined && (
        <Button aria-label={`${words.close}: ${about}`} onClick={() => setOpen("close")}>
          {words.close}
        </Button>
      )}
      {open === "acknowledge" && <Acknowledge alerts={[alert]} onClose={close} />}
      {open === "escalate" && <Escalate alert={alert} onClose={close} />}
      {open === "silence" && <Silence alert={alert} onClose={close} />}
      {open === "close" && <Close alert={alert} onClose={close} />}
    </div>
  );
}
