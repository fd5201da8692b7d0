import { dryRunEnv } from "../../evidence/run/dry-run.ts";
import { planView } from "../../engine/plan/view.ts";
import { sayBoth } from "../../i18n/one.ts";
import { texts } from "../../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import type { Plan } from "../../model/plan.ts";
import { flatWhole } from "../../report/lint/flat.ts";
import type { Paint } from "../../report/plan/step.ts";
import { planText } from "../../report/plan/text.ts";
import { byOf } from "../inspect/alone.ts";
import type { RunsDesk } from "../runs/desk.ts";
import type { Call } from "../verb.ts";
import { textOf } from "./request.ts";
import { writeOut } from "./write.ts";

const COLOURS: Readonly<Record<Parameters<Paint>[0], string>> = {
  read: "32",
  write: "33",
  destructive: "31",
  unknown: "35",
  head: "1",
  dim: "2",
  missing: "31",
};

/** Colour on a terminal only, and never when NO_COLOR asks for none. */
const painter = ({ world }: Call): Paint =>
  world.stdout.isTTY && !world.env["NO_COLOR"]
    ? (what, text) => `\u001B[${COLOURS[what]}m${text}\u001B[0m`
    : (_, text) => text;

/** The plan as `run --json` gives it, what is missing in words too. */
function planJson(plan: Plan, lang: Lang): unknown {
  const words = texts(lang);
  const missing = plan.missing.map((one) => ({
    ...one,
    ...sayBoth(words.plan.missing, one.code, one.args, { ...words.words, ...words.plan.risks }),
  }));
  return flatWhole({ ...planView(plan), missing });
}

/** Shows the plan. Throws PLAN-OTHER when `--plan` names another one. */
export async function showPlan(call: Call, plan: Plan, lang: Lang): Promise<void> {
  const wanted = textOf(call.values, "plan");
  if (call.json) call.world.stdout.write(`${JSON.stringify(planJson(plan, lang), null, 2)}\n`);
  else call.world.stdout.write(await planText(plan, lang, painter(call)));
  if (wanted !== undefined && wanted !== plan.digest)
    throw new WatchbookError("PLAN-OTHER", { runbook: plan.runbook, was: wanted, now: plan.digest });
}

/** A dry run: the plan, and its file for the manual's verify scripts, marked as a dry run. 2 when something is missing. */
export async function dryRun(call: Call, desk: RunsDesk, plan: Plan): Promise<Exit> {
  const { world, values } = call;
  await showPlan(call, plan, desk.lang);
  const file = textOf(values, "output-file");
  if (file !== undefined) {
    const kind = desk.book.runbooks.find(({ id }) => id === plan.runbook)?.kind ?? "other";
    const reason = textOf(values, "reason") ?? "";
    const { version, clock } = world;
    await writeOut(call, file, dryRunEnv({ plan, kind, by: byOf(call), reason, version, now: clock.wall() }));
  }
  return plan.missing.length > 0 ? EXIT.input : EXIT.ok;
}
