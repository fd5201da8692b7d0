import type { ReactNode } from "react";
import type { ChannelTried } from "../../../src/api/contract.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Asking } from "../../ui/asking.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ChannelShown } from "./channels.tsx";

interface Given {
  readonly channel: ChannelShown;
  readonly onClose: () => void;
}

/** Sends one notice through a channel, for a reason, and says what became of it. */
export function ChannelTest({ channel: { id, kind }, onClose }: Given): ReactNode {
  const { texts, lang } = usePrefs();
  const { channels: words } = texts.settings;
  return (
    <Asking<ChannelTried>
      title={format(words.testOf, { id })}
      send={words.test}
      what={format(words.testWhat, { id, kind })}
      asked={[{ as: "reason", label: words.reason, hint: words.reasonHint, must: true, most: 1_000 }]}
      path={`/api/v1/channels/${encodeURIComponent(id)}/test`}
      body={{ lang }}
      names={["status", "alerts", "events", "audit"]}
      onClose={onClose}
      renderAnswer={(tried) => <Tried tried={tried} onClose={onClose} />}
    />
  );
}

function Tried({ tried, onClose }: { readonly tried: ChannelTried; readonly onClose: () => void }): ReactNode {
  const { texts } = usePrefs();
  const { channels: words } = texts.settings;
  const { channel: id, delivery, said, seconds, left, kept } = tried;
  const state = delivery.kind === "later" ? "fail" : delivery.kind;
  return (
    <Dialog open onClose={onClose} title={format(words.tried, { id })}>
      <div role="status">
        <p className="mb-2 flex items-center gap-2">
          <Badge state={state} /> <span className="text-quiet">{format(words.took, { seconds })}</span>
        </p>
        {said !== null && <p className="font-medium">{said.say}</p>}
        <p className="mb-3">{said === null ? words.look : said.fix}</p>
        {left && <p className="mb-3 text-warn">{words.left}</p>}
        {!kept && <p className="mb-3 text-warn">{words.unkept}</p>}
      </div>
      <Button look="main" onClick={onClose}>
        {words.done}
      </Button>
    </Dialog>
  );
}
