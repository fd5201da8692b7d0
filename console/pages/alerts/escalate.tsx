import type { ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Asking } from "../../ui/asking.tsx";

interface Given {
  readonly alert: AlertShown;
  readonly onClose: () => void;
}

/** Calls the next one now. */
export function Escalate({ alert, onClose }: Given): ReactNode {
  const { alerts: words } = useTexts();
  return (
    <Asking
      title={words.escalateTitle}
      send={words.escalate}
      what={words.escalateWhat}
      danger
      asked={[{ as: "reason", label: words.reason, hint: words.reasonHint, must: true, most: 1_000 }]}
      path="/api/v1/alerts/actions"
      bodyOf={({ reason }) => ({ do: "escalate", alerts: [alert.id], reason })}
      names={["alerts", "status"]}
      onClose={onClose}
    />
  );
}
