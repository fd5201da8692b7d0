import { useState, type ReactNode } from "react";
import type { Status } from "../../../src/api/contract.ts";
import { status } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { ChannelTest } from "./channel-test.tsx";

export type ChannelShown = Status["channels"][number];

const LOOK = { works: "pass", failing: "fail", untried: "unknown" } as const;

const stateOf = ({ failing, taken }: ChannelShown): keyof typeof LOOK =>
  failing ? "failing" : taken === null ? "untried" : "works";

/** By what people are told, and whether that is known to work. */
export function Channels(): ReactNode {
  const { channels: words } = useTexts().settings;
  const [trying, attempt] = useState<ChannelShown>();
  return (
    <Section title={words.title} at="channels">
      <Loaded of={useRead(status)}>
        {({ channels }) => (
          <>
            {channels.length === 0 ? (
              <Empty say={words.none} fix={words.noneFix} />
            ) : (
              <p className="mb-2 text-quiet">{words.what}</p>
            )}
            <ul>
              {channels.map((one) => (
                <Row key={one.id} channel={one} onTest={() => attempt(one)} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {trying !== undefined && <ChannelTest channel={trying} onClose={() => attempt(undefined)} />}
    </Section>
  );
}

function Row({ channel, onTest }: { readonly channel: ChannelShown; readonly onTest: () => void }): ReactNode {
  const { channels: words } = useTexts().settings;
  const times = useTimes();
  const { id, kind, taken, answered } = channel;
  const state = stateOf(channel);
  const facts = [
    ...(taken === null ? [] : [format(words.taken, { at: times.at(taken) })]),
    ...(answered === null ? [] : [format(words.answered, { at: times.at(answered) })]),
  ];
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t border-line py-2">
      <p className="flex min-w-0 flex-1 basis-64 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{id}</span>
        <span className="text-quiet">{kind}</span>
        <Badge state={LOOK[state]} word={words.states[state]} />
        <span className="text-[0.9rem] text-quiet">{facts.join(" · ")}</span>
      </p>
      <Button aria-label={format(words.testOf, { id })} onClick={onTest}>
        {words.test}
      </Button>
    </li>
  );
}
