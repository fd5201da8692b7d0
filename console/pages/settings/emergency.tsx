import { useState, type ReactNode } from "react";
import { useAct, type SessionNow } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";

const NAMES = ["session", "status", "events"] as const;
const MINUTES = [30, 60, 120, 240] as const;

/** Rights for a while when nobody who has them can be reached: told to all, over by themselves. */
export function Emergency({ session: { breakGlass: now } }: { readonly session: SessionNow }): ReactNode {
  const { emergency: words } = useTexts().settings;
  const times = useTimes();
  const ending = useAct(...NAMES);
  const [asking, ask] = useState(false);
  return (
    <Section title={words.title} at="emergency">
      {now === null ? (
        <>
          <p className="mb-3 text-quiet">{words.what}</p>
          <Button look="danger" onClick={() => ask(true)}>
            {words.begin}
          </Button>
        </>
      ) : (
        <div role="status" className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 flex-1 basis-64 font-medium text-warn">
            {format(words.on, { until: times.at(now.until), reason: now.reason })}
          </p>
          <Button
            disabled={ending.isPending}
            onClick={() => ending.mutate({ path: "/api/break-glass", method: "DELETE" })}
          >
            {words.end}
          </Button>
        </div>
      )}
      {ending.error !== null && <Refusal error={ending.error} />}
      {asking && <Begin onClose={() => ask(false)} />}
    </Section>
  );
}

function Begin({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { emergency: words } = useTexts().settings;
  return (
    <Asking
      title={words.begin}
      what={words.beginWhat}
      danger
      asked={[
        { as: "reason", label: words.reason, hint: words.reasonHint, must: true, most: 1_000 },
        {
          ...{ as: "minutes", label: words.minutes },
          of: MINUTES.map((count) => ({ value: String(count), word: format(words.span, { count }) })),
        },
        { as: "person", label: words.second, hint: words.secondHint },
        { as: "password", label: words.password, type: "password" },
        { as: "code", label: words.code },
      ]}
      path="/api/break-glass"
      bodyOf={({ reason, minutes, person = "", password, code = "" }) => ({
        ...{ reason, minutes: Number(minutes) },
        ...(person.trim() !== "" && {
          second: { person: person.trim(), password, ...(code !== "" && { code: code.replaceAll(" ", "") }) },
        }),
      })}
      names={NAMES}
      onClose={onClose}
    />
  );
}
