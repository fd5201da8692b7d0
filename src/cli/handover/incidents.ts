import { clocksNow } from "../../desk/incident/index.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { HandoverItem } from "../../model/handover.ts";
import { isGoingOn } from "../../model/incident.ts";
import { clockSay } from "../incident/text.ts";
import type { Gathered } from "./sections.ts";

/** Troubles that have a section of their own. */
export const isOfIncidents = (kind: string): boolean =>
  kind.startsWith("incident-") || kind === "review-late" || kind === "action-late" || kind === "problem-new";

/** Incidents that go on with their clocks; of those that are over, the review and the actions that are owed. */
export function incidentItems({ incidents, lang, now, book }: Gathered): readonly HandoverItem[] {
  const words = texts(lang).handover.page;
  const { states } = texts(lang).incidents;
  return incidents.flatMap((one): readonly HandoverItem[] => {
    const { id, priority, title, state, review, actions } = one;
    const fix = format(words.incidentFix, { id });
    const clocks = clocksNow(one, now).map((clock) => ` · ${clockSay(clock, { lang, zone: book.zone, now })}`);
    const going = {
      say: format(words.incident, { id, priority, title, state: states[state], clocks: clocks.join("") }),
      fix,
    };
    const held = review === undefined || review.held !== undefined;
    return [
      ...(isGoingOn(one) ? [going] : []),
      ...(held ? [] : [{ say: format(words.review, { id, due: review.due, owner: review.owner }), fix }]),
      ...actions
        .filter(({ done }) => done === undefined)
        .map(({ id: action, text, owner, due }) => ({
          say: format(words.action, { id, action, text, owner, due }),
          fix,
        })),
    ];
  });
}

/** Open problems, with the way round where one is known. */
export function problemItems({ problems, lang }: Gathered): readonly HandoverItem[] {
  const words = texts(lang).handover.page;
  return problems.map(({ id, title, workaround }) => {
    const how = workaround === undefined ? "" : format(words.workaround, { workaround });
    return { say: format(words.problem, { id, title, how }), fix: format(words.problemFix, { id }) };
  });
}
