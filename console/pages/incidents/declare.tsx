import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentChoices, IncidentShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking, type Asked } from "../../ui/asking.tsx";
import { plainOptions } from "../../ui/pick.tsx";

interface Given {
  /** Id of the alert that it is declared from. */
  readonly alert: string | undefined;
  readonly choices: IncidentChoices;
  readonly onClose: () => void;
}

/** Declares an incident, in somebody's words or from an alert. */
export function Declare({ alert, choices, onClose }: Given): ReactNode {
  const { incidents: words } = useTexts();
  const navigate = useNavigate();
  const title: Asked = { as: "title", label: words.name, hint: words.nameHint, must: true, most: 300 };
  const own = alert === undefined ? [] : [{ value: "", word: words.byAlert }];
  const priority: Asked = { as: "priority", label: words.priority, of: [...own, ...plainOptions(choices.priorities)] };
  return (
    <Asking<IncidentShown>
      title={words.declare}
      what={words.declareWhat}
      danger
      asked={alert === undefined ? [title, priority] : [priority]}
      path="/api/v1/incidents"
      body={alert === undefined ? {} : { alert }}
      names={["incidents", "alerts", "status"]}
      onClose={onClose}
      onDone={({ id }) => void navigate({ to: "/incidents/$id", params: { id } })}
    >
      {alert !== undefined && <p className="mb-3 break-all text-quiet">{format(words.fromAlert, { alert })}</p>}
    </Asking>
  );
}
