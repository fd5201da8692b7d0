import { format } from "../../i18n/format.ts";
import { program, quote } from "../../i18n/program.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Call } from "../verb.ts";

/** Seconds with as many decimals as a person wants to read. */
export const secondsSay = (seconds: number, lang: Lang): string =>
  format(texts(lang).run.said.seconds, { seconds: seconds.toFixed(seconds < 10 ? 1 : 0) });

/** A command line of this program about the same book and data, as it can be typed here. */
export function commandLine({ values }: Pick<Call, "values">, ...words: readonly string[]): string {
  const places = ["book", "data"].flatMap((name) => {
    const given = values[name];
    return typeof given === "string" ? [`--${name}`, quote(given)] : [];
  });
  return [program(), ...words.map(quote), ...places].join(" ");
}
