import type { DeliverableFile, DeliverableShown } from "../../src/api/contract.ts";
import type { Lang } from "../../src/model/lang.ts";
import { read } from "./client.ts";
import { reading } from "./queries.ts";

const PATH = "/api/v1/deliverables";

export const deliverables = (lang: Lang) =>
  reading<{ readonly digest: string; readonly deliverables: readonly DeliverableShown[] }>("book", PATH, lang);
export const deliverable = (lang: Lang, kind: string, path: string) =>
  read<DeliverableFile>(`${PATH}/${encodeURIComponent(kind)}`, { lang, path });
