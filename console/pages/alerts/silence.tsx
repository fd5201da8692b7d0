import type { ReactNode } from "react";
import type { AlertShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Asking } from "../../ui/asking.tsx";
import { spanAsked } from "./span.ts";

interface Given {
  readonly alert: AlertShown;
  readonly onClose: () => void;
}

/** Matchers that mean this alert and its like on the same target. */
const likeOf = ({ rule, target }: AlertShown): string => `rule=${rule}\ntarget=${target}`;

/** Lines that say something. */
const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Keeps alerts quiet, filled in for one that fires. */
export function Silence({ alert, onClose }: Given): ReactNode {
  const { alerts: words } = useTexts();
  return (
    <Asking
      title={words.silenceTitle}
      send={words.silence}
      what={words.silenceWhat}
      asked={[
        { as: "match", label: words.match, hint: words.matchHint, start: likeOf(alert), type: "code" },
        spanAsked(words),
        { as: "reason", label: words.reason, hint: words.reasonHint, must: true, most: 1_000 },
      ]}
      path="/api/v1/alerts/actions"
      bodyOf={({ match = "", reason, forMs }) => ({
        ...{ do: "silence", match: linesOf(match), reason, forMs: Number(forMs) },
      })}
      names={["alerts", "silences", "status"]}
      onClose={onClose}
    />
  );
}
