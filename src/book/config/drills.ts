import type { DetectSpec, DrillSpec } from "../../model/drill.ts";
import { given } from "../../model/given.ts";
import type { Source } from "../../model/source.ts";
import { windowOf } from "../../model/window.ts";
import type { RawDrill } from "./drill-schema.ts";
import { seconds } from "./duration.ts";
import { faultOf, gateOf, stepsOf } from "./runbooks.ts";

const SETTLE_S = 60;
const HOLD_S = 2;
const LASTS_S = 2;
const GUARD_S = 5;
const DETECT_EVERY_S = 1;
const DETECT_WITHIN_S = 60;

const span = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : (seconds(text) ?? otherwise);

function detectOf(raw: NonNullable<RawDrill["detect"]>): DetectSpec {
  const { check, every, within } = typeof raw === "string" ? { check: raw } : raw;
  return { check, every: span(every, DETECT_EVERY_S), within: span(within, DETECT_WITHIN_S) };
}

function brokenOf(raw: NonNullable<RawDrill["fault"]>, source: Source): NonNullable<DrillSpec["fault"]> {
  const { targets, ...rest } = raw;
  return {
    ...faultOf(rest.kind, rest, source),
    ...given({ targets }),
  };
}

/** The model's form of one validated `drills:` entry. */
export function drillOf(id: string, raw: RawDrill, at: (...path: string[]) => Source): DrillSpec {
  const path = ["drills", id];
  return {
    ...given({ title: raw.title, service: raw.service }),
    ...(raw.window !== undefined && { window: windowOf(raw.window) }),
    ...(raw.approval && { approval: gateOf(raw.approval) }),
    ...(raw.detect !== undefined && { detect: detectOf(raw.detect) }),
    ...(raw.fault && { fault: brokenOf(raw.fault, at(...path, "fault")) }),
    id,
    steady: raw.steady ?? [],
    settle: span(raw.settle, SETTLE_S),
    hold: span(raw.hold, HOLD_S),
    guards: raw.guards ?? [],
    every: span(raw.every, GUARD_S),
    lasts: span(raw.lasts, LASTS_S),
    recover: stepsOf(raw.recover, (step) => at(...path, "recover", step)),
    source: at(...path),
  };
}
