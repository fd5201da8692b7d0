import type { ReactNode } from "react";
import { silences } from "../../api/queries.ts";
import { useAct } from "../../api/session.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { Section } from "../../ui/section.tsx";

/** What nobody is told of, why, and until when. */
export function Silences(): ReactNode {
  const { alerts: words } = useTexts();
  const times = useTimes();
  const acting = useAct("alerts", "silences", "status");
  return (
    <Section title={words.silences}>
      <Loaded of={useRead(silences)}>
        {({ silences: all }) => (
          <>
            {all.length === 0 && <Empty say={words.silencesNone} />}
            <ul>
              {all.map((one) => (
                <li
                  key={one.id}
                  className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-2 first:border-0"
                >
                  <div>
                    <p>
                      <code>{one.matchers.map(({ label, is, value }) => `${label}${is}${value}`).join(" ")}</code>{" "}
                      {one.kind === "maintenance" && <Badge state="quiet" word={words.maintenance} />}
                    </p>
                    <p className="text-[0.9rem] text-quiet">
                      {format(words.until, { at: times.at(one.ends), by: one.by, reason: one.reason })}
                    </p>
                  </div>
                  <Button
                    disabled={acting.isPending}
                    onClick={() =>
                      acting.mutate({ path: "/api/v1/alerts/actions", body: { do: "unsilence", silence: one.id } })
                    }
                  >
                    {words.end}
                  </Button>
                </li>
              ))}
            </ul>
            {acting.error !== null && <Refusal error={acting.error} />}
          </>
        )}
      </Loaded>
    </Section>
  );
}
