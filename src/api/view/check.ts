import type { CheckNow as Now } from "../../engine/snapshot.ts";
import type { Lang } from "../../model/lang.ts";
import type { CheckNow } from "../contract.ts";
import { reasonSaid } from "./say.ts";

export function checkView({ spec, reading, since }: Now, lang: Lang): CheckNow {
  return {
    id: spec.id,
    title: spec.title,
    kind: spec.kind,
    target: reading?.target ?? spec.target ?? "local",
    service: spec.service ?? null,
    unit: reading?.unit ?? spec.unit ?? null,
    bands: reading?.bands ?? spec.bands ?? null,
    source: spec.source,
    outcome: reading?.outcome ?? null,
    value: reading?.value ?? null,
    elevated: reading?.elevated ?? false,
    say: reading === undefined ? "" : reasonSaid(reading, lang),
    at: reading?.at ?? null,
    seconds: reading?.seconds ?? null,
    since: since ?? null,
  };
}
