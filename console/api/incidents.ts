import type { IncidentChoices, IncidentShown } from "../../src/api/contract.ts";
import type { Lang } from "../../src/model/lang.ts";
import { reading } from "./queries.ts";

/** Clocks run, and others write into the timeline: asked again after so many milliseconds. */
const OFTEN = { refetchInterval: 5_000 } as const;

export interface IncidentsNow {
  readonly incidents: readonly IncidentShown[];
  readonly choices: IncidentChoices;
}

export const incidents = (lang: Lang, open: boolean) => ({
  ...reading<IncidentsNow>("incidents", "/api/v1/incidents", lang, { open, limit: 500 }),
  ...OFTEN,
});
export const incident = (lang: Lang, id: string) => ({
  ...reading<IncidentShown>("incidents", `/api/v1/incidents/${encodeURIComponent(id)}`, lang),
  ...OFTEN,
});
