import type {
  IncidentChoices,
  IncidentShown,
  ProblemPage,
  ProblemRecordShown,
  ReviewShown,
} from "../../src/api/contract.ts";
import type { Lang } from "../../src/model/lang.ts";
import { reading } from "./queries.ts";

/** Clocks run, and others write into the timeline: asked again after so many milliseconds. */
const OFTEN = { refetchInterval: 5_000 } as const;

export interface IncidentsNow {
  readonly incidents: readonly IncidentShown[];
  readonly choices: IncidentChoices;
}

export const incidents = (lang: Lang, open: boolean, limit = 500) => ({
  ...reading<IncidentsNow>("incidents", "/api/v1/incidents", lang, { open, limit }),
  ...OFTEN,
});
export const incident = (lang: Lang, id: string) => ({
  ...reading<IncidentShown>("incidents", `/api/v1/incidents/${encodeURIComponent(id)}`, lang),
  ...OFTEN,
});
/** The review with its facts as they are now. */
export const review = (lang: Lang, id: string) =>
  reading<ReviewShown>("incidents", `/api/v1/incidents/${encodeURIComponent(id)}/review`, lang);

export const problems = (lang: Lang, open: boolean, limit = 500) =>
  reading<{ readonly at: number; readonly problems: readonly ProblemRecordShown[] }>(
    "problems",
    "/api/v1/problems",
    lang,
    { open, limit },
  );
export const problem = (lang: Lang, id: string) =>
  reading<ProblemPage>("problems", `/api/v1/problems/${encodeURIComponent(id)}`, lang);
