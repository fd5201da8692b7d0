import { openTokens } from "../../api/tokens.ts";
import type { Status } from "../../api/contract.ts";
import { coverageOf } from "../../book/coverage.ts";
import { dateIn } from "../../book/lint/today.ts";
import { whoNow } from "../../desk/rota/index.ts";
import { gapsNow } from "../../engine/gaps.ts";
import { rotaNamed, rotasNow } from "../../engine/rota.ts";
import { weekCard } from "../../engine/week.ts";
import type { Handover } from "../../model/handover.ts";
import { ownerOf } from "../../store/ownership.ts";
import { connect } from "../client.ts";
import { proofDates } from "../proofs.ts";
import { readState } from "../read-state.ts";
import { textOf } from "../run/request.ts";
import { alone } from "../status.ts";
import type { Call } from "../verb.ts";
import { sectionsOf } from "./sections.ts";

const WEEK_MS = 7 * 86_400_000;

/** What the daemon sees, which alone reads checks; without one, what is recorded. */
async function statusOf(call: Call, lang: string): Promise<Status> {
  if (ownerOf(call.data)?.daemon === true) return connect(call.data)!.get<Status>(`/api/v1/status?lang=${lang}`);
  return (await alone(call, lang === "zh" ? "zh" : "en")).found;
}

/** The hand-over of now, in the manual's language unless `--lang` says another. Nothing is written. */
export async function gather(call: Call): Promise<Handover> {
  const { world, values, data } = call;
  const now = world.clock.wall();
  const lang = values["lang"] === undefined ? undefined : call.lang;
  // First: without a daemon it takes the data directory for a moment.
  await using state = await readState(call);
  const { open } = state.book;
  const { book } = open;
  const status = await statusOf(call, lang ?? book.lang);
  const rotas = await rotasNow(state.store, book);
  const named = textOf(values, "rota");
  // Roles of a contact table are no shifts, unless there is only one to be meant.
  const first = book.config.rota.length > 0 || rotas.length === 1 ? rotas[0] : undefined;
  const rota = named === undefined ? first : rotaNamed(rotas, named);
  const who = rota && whoNow(book, rota, now);
  const until = who?.next?.until ?? now + WEEK_MS;
  const proofs = await proofDates({ config: book.config, root: open.root, data, now, zone: book.zone });
  const all = {
    ...{ book, lang: state.lang, now, until, status, rotas },
    runs: await state.store.runs({ open: true, limit: 1_000 }),
    locks: await state.store.locks(),
    alerts: await state.store.desk("alert", { open: true, limit: 10_000 }),
    groups: await state.store.desk("group", { open: true, limit: 10_000 }),
    silences: await state.store.desk("silence", { open: true, limit: 1_000 }),
    incidents: await state.store.desk("incident", { open: true, limit: 1_000 }),
    problems: await state.store.desk("problem", { open: true, limit: 1_000 }),
    emergencies: await state.store.desk("emergency", { open: true, limit: 1_000 }),
    tokens: await openTokens(data, world.clock).valid(book.config.people),
    gaps: await gapsNow(state.store),
    coverage: coverageOf(book, proofs, dateIn(now, book.zone)),
  };
  return {
    ...{ format: 1, title: book.title, lang: state.lang, zone: book.zone, at: now, until },
    rota: rota?.id ?? null,
    gives: who?.who ?? [],
    // Whoever is always on call gives it to themselves for the next week.
    takes: who?.next?.who ?? who?.who ?? [],
    book: { digest: book.digest, commit: open.commit ?? null, dirty: open.dirty },
    watched: status.daemon !== null,
    sections: sectionsOf(all),
    ...(values["week"] === true && { week: await weekCard(state.store, book, now) }),
  };
}
