import type { ReactNode } from "react";
import { rotas } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";

/** Who is reachable now by every rota, and until when. */
export function OnCall(): ReactNode {
  const { today } = useTexts();
  const times = useTimes();
  return (
    <Section title={today.onCall}>
      <Loaded of={useRead(rotas)}>
        {({ rotas: all }) => (
          <>
            {all.length === 0 && <Empty say={today.onCallNone} fix={today.onCallFix} />}
            <ul>
              {all.map((rota) => (
                <li key={rota.rota} className="border-t border-line py-2 first:border-0 first:pt-0">
                  <p className="flex items-baseline justify-between gap-3">
                    <span className="font-medium">{rota.who.map(({ name }) => name).join(", ")}</span>
                    <span className="text-[0.88rem] text-quiet">{rota.title}</span>
                  </p>
                  {rota.state !== "on" && (
                    <Badge state={rota.state === "gap" ? "fail" : "unknown"} word={today.onCallGap} />
                  )}
                  <p className="text-[0.88rem] text-quiet">
                    {rota.who.flatMap(({ contact }) => contact ?? []).join(" · ")}{" "}
                    {rota.until !== null && format(today.until, { at: times.at(rota.until) })}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Section>
  );
}
