import type { Alert, Hold } from "../../model/alert.ts";
import { isOn, matchesAll, type Labels, type Silence } from "../../model/silence.ts";
import { noted, putAlert, type Work } from "./desk.ts";
import { inhibited, inhibitorsOf } from "./inhibit.ts";
import { mutedBy, timesOf } from "./times.ts";

/**
 * What matchers see of an alert. Labels of another system stand for themselves, so that a silence made there or with its
 * tools means the same here; our own severity of it is `watchbook_severity`.
 */
export const labelsOf = ({ id, rule, check, metric, service = "", severity, target, outside }: Alert): Labels => ({
  ...{ alertname: rule, rule, check, metric, service, severity, target },
  ...(outside && { ...outside.labels, watchbook_severity: severity }),
  alert: id,
});

const silencedBy = (silences: readonly Silence[], labels: Labels): Hold | undefined => {
  const found = silences.find(({ matchers }) => matchesAll(matchers, labels));
  if (!found) return undefined;
  const { id, by, reason, run } = found;
  return { by: "silence", silence: id, author: by, reason, ...(run !== undefined && { run }) };
};

const named = (hold: Hold): string => ("alert" in hold ? hold.alert : "silence" in hold ? hold.silence : hold.name);
const same = (a: Hold | undefined, b: Hold | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.by === b.by && named(a) === named(b));

function argsOf(hold: Hold): Readonly<Record<string, string>> {
  if (hold.by === "silence") {
    const { by, silence: name, author, reason, run } = hold;
    return { by, name, author, reason, ...(run !== undefined && { run }) };
  }
  return "alert" in hold ? { by: hold.by, name: hold.alert, title: hold.title } : { by: hold.by, name: hold.name };
}

/** inhibit → time → silence: the first that holds an alert is noted with it, and so is when nothing does any more. */
export function holdAll(work: Work): void {
  const times = timesOf(work.policy, work.now);
  const silences = [...work.silences.values()]
    .filter((silence) => isOn(silence, work.now))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  // A window of maintenance says that its service is worked on; a silence is about the alerts that it names, and no others.
  const own = silences.filter(({ kind }) => kind === "silence");
  const inhibitors = inhibitorsOf(work, (alert) => own.length > 0 && silencedBy(own, labelsOf(alert)) !== undefined);
  for (const alert of [...work.open.values()]) {
    const labels = labelsOf(alert);
    const hold =
      inhibited(work, alert, inhibitors) ?? mutedBy(times, alert.severity, labels) ?? silencedBy(silences, labels);
    if (same(alert.hold, hold)) continue;
    const { hold: before, ...free } = alert;
    if (hold) putAlert(work, noted({ ...free, hold }, "held", work.now, argsOf(hold)));
    else putAlert(work, noted(free, "released", work.now, argsOf(before!)));
  }
}
