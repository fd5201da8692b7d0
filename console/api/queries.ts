import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  AlertShown,
  BackupListed,
  BookNow,
  CheckNow,
  DrillDays,
  DutyDay,
  DutyNow,
  Event,
  EvidenceListed,
  EvidenceShown,
  FindingSaid,
  History,
  Hit,
  Inspection,
  ManualFile,
  ManualShown,
  OnCallNow,
  Procedure,
  Promises,
  Runbooks,
  RunRecord,
  RunShown,
  Signers,
  Series,
  Services,
  SetsNow,
  SilenceShown,
  Status,
  VerificationSaid,
  WhyShown,
} from "../../src/api/contract.ts";
import type { Lang } from "../../src/model/lang.ts";
import { read, type Query } from "./client.ts";

/**
 * One read of the API: kept under NAME, language and query, asked anew when the stream rings for NAME (app/rings.ts).
 * `of`: what else it is the read of. While the language or a filter changes, what was there stays.
 */
export const reading = <T>(name: string, path: string, lang: Lang, query: Query = {}, of = "") =>
  queryOptions({
    queryKey: [name, path, lang, query, of],
    queryFn: ({ signal }) => read<T>(path, { ...query, lang }, signal),
    placeholderData: keepPreviousData,
  });

export const status = (lang: Lang) => reading<Status>("status", "/api/v1/status", lang);
export const bookNow = (lang: Lang) => reading<BookNow>("book", "/api/v1/book", lang);
export const checks = (lang: Lang) =>
  reading<{ readonly at: number; readonly checks: readonly CheckNow[] }>("checks", "/api/v1/checks", lang);
export const duties = (lang: Lang) =>
  reading<{ readonly at: number; readonly zone: string; readonly duties: readonly DutyNow[] }>(
    "duties",
    "/api/v1/duties",
    lang,
  );
export const findings = (lang: Lang) =>
  reading<{ readonly findings: readonly FindingSaid[] }>("findings", "/api/v1/findings", lang);
export const rotas = (lang: Lang) => reading<{ readonly rotas: readonly OnCallNow[] }>("rotas", "/api/v1/rotas", lang);
export const newestEvents = (lang: Lang, newest: number) =>
  reading<{ readonly events: readonly Event[] }>("events", "/api/v1/events", lang, { newest });

export const alerts = (lang: Lang, open: boolean, limit = 1_000) =>
  reading<{ readonly at: number; readonly alerts: readonly AlertShown[] }>("alerts", "/api/v1/alerts", lang, {
    open,
    limit,
  });
export const alertWhy = (lang: Lang, id: string) =>
  reading<WhyShown>("alerts", `/api/v1/alerts/${encodeURIComponent(id)}`, lang);
export const silences = (lang: Lang) =>
  reading<{ readonly at: number; readonly silences: readonly SilenceShown[] }>("silences", "/api/v1/silences", lang);

export const dutyDays = (lang: Lang, month: string | undefined) =>
  reading<{ readonly month: string; readonly today: string; readonly days: readonly DutyDay[] }>(
    "records",
    "/api/v1/records",
    lang,
    { month },
  );
/** Items of a duty that wait for a person, as its run `run` left them: they stay as they are until there is another one. */
export const openItems = (lang: Lang, duty: string, run: string) =>
  reading<Inspection>("open", `/api/v1/duties/${encodeURIComponent(duty)}/open`, lang, {}, run);
export const inspections = (lang: Lang, duty: string, limit: number) =>
  reading<{ readonly inspections: readonly Inspection[] }>("inspections", "/api/v1/inspections", lang, { duty, limit });

export const manualFiles = (lang: Lang) =>
  reading<{ readonly files: readonly ManualFile[] }>("manual", "/api/v1/manual", lang);
export const manualDocument = (lang: Lang, file: string) =>
  reading<ManualShown>("manual", "/api/v1/manual/document", lang, { file });
export const sentence = (lang: Lang, { file, line }: { readonly file: string; readonly line: number }) =>
  reading<{ readonly text: string }>("manual", "/api/v1/manual/sentence", lang, { file, line });
export const procedures = (lang: Lang, file: string) =>
  reading<{ readonly procedures: readonly Procedure[] }>("runs", "/api/v1/manual/procedures", lang, { file });
export const hits = (lang: Lang, q: string, limit = 20) =>
  reading<{ readonly hits: readonly Hit[] }>("manual", "/api/v1/search", lang, { q, limit });

export const runs = (lang: Lang) =>
  reading<{ readonly at: number; readonly runs: readonly RunRecord[] }>("runs", "/api/v1/runs", lang, { limit: 1_000 });
export const recentRuns = (lang: Lang, limit: number) =>
  reading<{ readonly runs: readonly RunRecord[] }>("runs", "/api/v1/runs", lang, { limit });
/** The newest runs of one runbook. */
export const runsOf = (lang: Lang, runbook: string) =>
  reading<{ readonly runs: readonly RunRecord[] }>("runs", "/api/v1/runs", lang, { runbook, limit: 30 });
export const run = (lang: Lang, id: string) => reading<RunShown>("run", `/api/v1/runs/${encodeURIComponent(id)}`, lang);
export const runbooks = (lang: Lang) => reading<Runbooks>("runs", "/api/v1/runbooks", lang);

export const evidences = (lang: Lang, kind: string | undefined, limit: number) =>
  reading<{ readonly total: number; readonly evidence: readonly EvidenceListed[] }>(
    "evidence",
    "/api/v1/evidence",
    lang,
    { kind, limit },
  );
const evidencePath = (id: string): string => `/api/v1/evidence/${encodeURIComponent(id)}`;
export const evidence = (lang: Lang, id: string) => reading<EvidenceShown>("evidence", evidencePath(id), lang);
export const verification = (lang: Lang, id: string) =>
  reading<VerificationSaid>("verification", `${evidencePath(id)}/verification`, lang);
export const evidenceFile = (id: string, name: string): string =>
  `${evidencePath(id)}/files/${encodeURIComponent(name)}`;
export const signers = (lang: Lang) => reading<Signers>("signers", "/api/v1/signers", lang);

export const services = (lang: Lang) => reading<Services>("services", "/api/v1/services", lang);
/** Nothing rings for what slowly grows: it is asked again each minute. */
const SLOWLY = { refetchInterval: 60_000 } as const;
/** Bars of all services, or of the checks of one. */
export const history = (lang: Lang, service?: string) => ({
  ...reading<History>("history", "/api/v1/history", lang, { service }),
  ...SLOWLY,
});
export const series = (lang: Lang, check: string) => ({
  ...reading<Series>("series", `/api/v1/checks/${encodeURIComponent(check)}/series`, lang),
  ...SLOWLY,
});

export const backups = (lang: Lang) =>
  reading<{ readonly at: number; readonly backups: readonly BackupListed[] }>("backups", "/api/v1/backups", lang);
export const backupSets = (lang: Lang, id: string) =>
  reading<SetsNow>("sets", `/api/v1/backups/${encodeURIComponent(id)}/sets`, lang);
/** Drills of one month; `month`: absent: the present one. */
export const drillDays = (lang: Lang, month: string | undefined) =>
  reading<DrillDays>("backups", "/api/v1/drill-days", lang, { month });
export const promises = (lang: Lang) => reading<Promises>("backups", "/api/v1/promises", lang);
