import type { ReactNode } from "react";
import type { WhyShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";

interface Given {
  readonly why: WhyShown;
}

/** Who was told, by what, and whether it arrived. */
export function Told({ why: { notices } }: Given): ReactNode {
  const { alerts: words } = useTexts();
  return (
    <Section title={words.told}>
      {notices.length === 0 && <Empty say={words.toldNone} />}
      <ul>
        {notices.map(({ id, at, channel, person, state, because }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-1.5 first:border-0"
          >
            <span className="text-quiet">
              <Moment at={at} />
            </span>
            <span className="font-medium">{person === undefined ? channel : `${person} · ${channel}`}</span>
            <Badge state={state === "waiting" ? "running" : state} />
            <span className="text-[0.9rem] text-quiet">
              {because.told === undefined
                ? `${because.chain} ${format(words.step, { step: because.step + 1 })} ${because.rota ?? ""}`
                : words.toldBefore}
              {because.instead !== undefined && ` · ${format(words.instead, { channels: because.instead.join(", ") })}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Who was not told, and why. */
export function NotTold({ why: { notTold } }: Given): ReactNode {
  const { alerts: words } = useTexts();
  const times = useTimes();
  return (
    <Section title={words.notTold}>
      {notTold.length === 0 && <Empty say={words.notToldNone} />}
      <ul>
        {notTold.map(({ step, receivers, why, by = "", at }) => (
          <li key={`${step} ${receivers.join(" ")}`} className="py-1">
            <span className="font-medium">{receivers.join(", ")}</span>{" "}
            <span className="text-quiet">
              {format(words.step, { step })} ·{" "}
              {format(words.notToldWhy[why], { by, at: at === undefined ? "" : times.at(at) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
