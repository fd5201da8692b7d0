import type { ReactNode } from "react";
import type { RunShown } from "../../../src/api/contract.ts";
import { wallNow } from "../../app/clock.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Section } from "../../ui/section.tsx";

type Window = RunShown["windows"][number];

/** When nobody was told of its service's alerts, for it changed it. */
export function Windows({ run }: { readonly run: RunShown }): ReactNode {
  const { windows: words } = useTexts().runs;
  if (run.windows.length === 0) return null;
  return (
    <Section title={words.title} at="windows">
      <p className="mb-2 text-quiet">{words.what}</p>
      <ul>
        {run.windows.map((one) => (
          <Row key={one.id} window={one} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ window: { matchers, starts, ends, ended } }: { readonly window: Window }): ReactNode {
  const { windows: words } = useTexts().runs;
  const times = useTimes();
  const until = ended?.at ?? ends;
  const open = until > wallNow();
  const span = times.span((until - starts) / 1_000);
  const values = { from: times.at(starts), until: times.at(until), span, by: ended?.by ?? "" };
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-2">
      <Badge state={open ? "quiet" : "over"} />
      <span>{format(open ? words.open : words.closed, values)}</span>
      <code className="text-quiet">{matchers.map(({ label, is, value }) => `${label}${is}${value}`).join(" ")}</code>
    </li>
  );
}
