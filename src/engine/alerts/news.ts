import type { Desk, Evaluated } from "../../desk/alert/index.ts";
import type { Signal } from "../../model/alert.ts";

/** Signals that change something: a rule that fires says so at every reading. */
export function news({ open }: Pick<Desk, "open">, { signals, changed }: Evaluated): readonly Signal[] {
  const fresh = new Set(changed.map(({ key }) => key));
  return signals.filter((signal) => {
    const alert = open.get(signal.key);
    if (fresh.has(signal.key) || (alert === undefined) === signal.firing) return true;
    return alert !== undefined && alert.severity !== signal.severity;
  });
}
