import type { ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import { spanAsked } from "./span.ts";

interface Given {
  readonly alerts: readonly AlertShown[];
  readonly onClose: () => void;
}

/** Says that the reader has these alerts. */
export function Acknowledge({ alerts, onClose }: Given): ReactNode {
  const { alerts: words } = useTexts();
  return (
    <Asking
      title={words.acknowledgeTitle}
      send={words.acknowledge}
      what={format(words.acknowledgeWhat, { count: alerts.length })}
      asked={[spanAsked(words), { as: "note", label: words.note, hint: words.noteHint, most: 1_000 }]}
      path="/api/v1/alerts/actions"
      bodyOf={({ note, forMs }) => ({
        ...{ do: "acknowledge", alerts: alerts.map(({ id }) => id), forMs: Number(forMs) },
        ...(note && { note }),
      })}
      names={["alerts", "status"]}
      onClose={onClose}
    >
      <ul className="mb-3 max-h-40 overflow-auto text-[0.92rem] text-quiet">
        {alerts.slice(0, 50).map(({ id, title, target }) => (
          <li key={id}>
            {title} · {target}
          </li>
        ))}
      </ul>
    </Asking>
  );
}
