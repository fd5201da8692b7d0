import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import type { PlanRequest } from "../../model/plan.ts";
import { planSummary } from "../../report/plan/text.ts";
import { byOf, mayAsk } from "../inspect/alone.ts";
import type { PlanShown, RunsDesk } from "../runs/desk.ts";
import type { Call } from "../verb.ts";
import { askFor, askTyped } from "./ask.ts";
import { giver } from "../runs/file.ts";
import { attend, type Attended } from "./attend.ts";
import { showPlan } from "./dry.ts";
import { anonymity } from "./logins.ts";
import { textOf } from "./request.ts";
import { exitOf, resultJson, resultLines } from "./result.ts";
import { commandLine } from "./words.ts";
import { copyEnv } from "./write.ts";

/** At a terminal a protected environment is typed by its name before anything in it is changed. Throws RUN-NOT-TYPED. */
async function confirmed(call: Call, desk: RunsDesk, { plan, protected: guarded }: PlanShown): Promise<void> {
  const changes = plan.steps.some(({ risk }) => risk !== "read");
  if (!guarded || !changes || !mayAsk(call) || call.values["yes"] === true) return;
  const { environment } = plan;
  const summary = await planSummary(plan, desk.lang);
  const given = await askTyped(
    call.world,
    format(texts(desk.lang).run.said.protectedAsk, { environment, summary }),
    desk.lang,
  );
  call.world.signal.throwIfAborted();
  if (given !== environment) throw new WatchbookError("RUN-NOT-TYPED", { given: given ?? "", environment });
}

/** The end of a run for whoever asked for it, or what it waits for. */
export async function conclude(call: Call, desk: RunsDesk, { run, interrupted }: Attended): Promise<Exit> {
  const { lang, book } = desk;
  const { evidence } = run.record;
  const file = textOf(call.values, "output-file");
  if (file !== undefined && evidence !== undefined) await copyEnv(call, file, evidence);
  if (call.json) call.world.stdout.write(`${JSON.stringify(resultJson(call, run, lang, book.zone), null, 2)}\n`);
  else
    call.world.stdout.write(
      resultLines(call, run, lang, book.zone)
        .map((line) => `${line}\n`)
        .join(""),
    );
  return exitOf(run, interrupted);
}

/** Who drives what was just begun, and for how long. */
function driver({ lang, pid, command }: RunsDesk): string {
  const { said } = texts(lang).run;
  if (pid === undefined) return said.alone;
  return command === undefined ? format(said.daemon, { pid }) : format(said.handed, { pid, command });
}

/** Begins the run of a plan and stays with it until it ends or waits for a person. */
export async function execute(call: Call, desk: RunsDesk, request: PlanRequest): Promise<Exit> {
  const { world, values } = call;
  const { lang } = desk;
  const { said } = texts(lang).run;
  if (values["detach"] === true && (desk.pid === undefined || desk.command !== undefined))
    throw new WatchbookError("RUN-DETACH", { data: call.data });
  const shown = await desk.plan(request);
  const { plan } = shown;
  if (plan.missing.length > 0) {
    await showPlan({ ...call, json: false, world: { ...world, stdout: world.stderr } }, plan, lang);
    throw new WatchbookError("PLAN-INCOMPLETE", {
      runbook: plan.runbook,
      count: plan.missing.length,
    });
  }
  await confirmed(call, desk, shown);
  // What a person saw is what is begun: between the plan and its beginning the manual may have changed.
  const digest = textOf(values, "plan") ?? plan.digest;
  const by = byOf(call);
  const begun = await desk.begin(request, {
    by,
    reason: textOf(values, "reason") ?? "",
    digest,
    takeOver: values["take-over"] === true,
  });
  const { record } = begun;
  const args = { run: record.id, title: record.title, environment: record.environment };
  world.stderr.write(`${format(said.begins, args)}\n`);
  world.stderr.write(`${anonymity(begun, lang)}${driver(desk)}\n`);
  if (values["detach"] === true) {
    const command = commandLine(call, "runs", "follow", record.id);
    world.stderr.write(`${format(said.detached, { command })}\n`);
    if (call.json) world.stdout.write(`${JSON.stringify({ run: record.id, state: record.state })}\n`);
    else world.stdout.write(`${record.id}\n`);
    return EXIT.ok;
  }
  const ask = mayAsk(call)
    ? (run: Attended["run"], withdrawn: AbortSignal) =>
        askFor({ world, lang, give: giver(call, desk, record.id) }, run, withdrawn)
    : undefined;
  const stays = values["wait"] === true;
  return conclude(call, desk, await attend({ call, desk, lang, by, ask, stays, onInterrupt: "pause" }, record.id));
}
