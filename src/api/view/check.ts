import type { CheckNow as Now } from "../../engine/snapshot.ts";
import type { Book } from "../../model/book.ts";
import type { Lang } from "../../model/lang.ts";
import { OWN, type CheckNow } from "../contract.ts";
import { reasonSaid } from "./say.ts";
import { ownerOf } from "./service/services.ts";

export function checkView(book: Pick<Book, "services">, { spec, reading, since }: Now, lang: Lang): CheckNow {
  const service = ownerOf(book, spec.service);
  return {
    id: spec.id,
    title: spec.title,
    kind: spec.kind,
    target: reading?.target ?? spec.target ?? "local",
    service: service === OWN ? null : service,
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
