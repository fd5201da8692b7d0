import { seconds } from "../../book/config/duration.ts";
import { makeAlerts } from "../../engine/alerts/alerts.ts";
import { actOnAlerts, type AlertActed, type AlertAction } from "../../engine/alerts/ask.ts";
import { rulesNow } from "../../engine/alerts/rules-now.ts";
import { WatchbookError } from "../../model/error.ts";
import { daemonAt } from "../client.ts";
import { aboutOf, hold } from "../hold.ts";
import { byOf, openHere } from "../inspect/alone.ts";
import { textOf } from "../run/request.ts";
import type { Call } from "../verb.ts";

/** Milliseconds of `--for`; undefined when it is not there. Throws DURATION-BAD. */
function spanOf({ values }: Call): number | undefined {
  const text = textOf(values, "for");
  if (text === undefined) return undefined;
  const found = seconds(text);
  if (found === undefined || found <= 0) throw new WatchbookError("DURATION-BAD", { text });
  return found * 1000;
}

/** What the words ask for. Throws WatchbookError for what is missing. */
export function actionOf(call: Call): AlertAction {
  const [what, ...words] = call.positionals;
  const forMs = spanOf(call);
  if (what === "silence") {
    const reason = textOf(call.values, "reason") ?? "";
    if (forMs === undefined) throw new WatchbookError("SILENCE-NEEDS");
    return { do: "silence", match: words, forMs, reason, everything: call.values["everything"] === true };
  }
  if (what === "unsilence") return { do: "unsilence", silence: words[0] ?? "" };
  if (words.length === 0) throw new WatchbookError("ALERTS-WHICH");
  if (what === "escalate") return { do: "escalate", alerts: words, reason: textOf(call.values, "reason") ?? "" };
  if (what === "close") return { do: "close", alerts: words, reason: textOf(call.values, "reason") ?? "" };
  const note = textOf(call.values, "note");
  return {
    ...{ do: "acknowledge", alerts: words },
    ...(forMs !== undefined && { forMs }),
    ...(note !== undefined && { note }),
  };
}

/** Does it: through the daemon when one owns the data, else here; then nobody is told before a daemon runs. */
export async function act(call: Call): Promise<AlertActed> {
  const { world, data } = call;
  const action = actionOf(call);
  const client = await daemonAt(data, world.clock);
  if (client) return client.post<AlertActed>("/api/v1/alerts/actions", { ...action, by: byOf(call) });
  const open = await openHere(call);
  await using held = await hold(world, data, aboutOf(call));
  const onBug = (error: unknown): never => {
    throw error;
  };
  const alerts = await makeAlerts({ house: held.house, open: () => open, interval: () => 0, onBug, quiet: true });
  const { policy } = rulesNow(open.book);
  return await actOnAlerts(alerts, { store: held.house.store, policy, now: world.clock.wall() }, byOf(call), action);
}
