import type { Reason } from "../../evidence/refusal.ts";
import type { Verification } from "../../model/evidence.ts";
import { EXIT, type Exit } from "../../model/error.ts";
import type { Lang } from "../../model/lang.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";

/** Option names as the user types them. */
const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function sayReason({ code, args }: Reason, lang: Lang): string {
  const sentences: Readonly<Record<string, string>> = texts(lang).evidence.reasons;
  const sentence = sentences[code];
  if (sentence === undefined) throw new Error(`no sentence for reason ${code}`);
  const option = args["option"];
  return format(sentence, option === undefined ? args : { ...args, option: dashed(String(option)) });
}

/** Exit code of a verdict; `--compat` knows only accepted and not. */
export function exitOf(verdict: Verification["verdict"]): Exit {
  if (verdict === "pass") return EXIT.ok;
  return verdict === "refused" ? EXIT.input : EXIT.failed;
}

/** Verdict, then why, then what was measured. */
export function verificationText(place: string, verification: Verification, lang: Lang): string {
  const { evidence } = texts(lang);
  const { verdict, reasons, measured, signedBy, countersignedBy = [], logged } = verification;
  const facts = [
    ...(signedBy === null ? [] : [evidence.said.genuine, format(evidence.said.signedBy, { who: signedBy })]),
    ...countersignedBy.map((who) => format(evidence.said.countersignedBy, { who })),
    ...(logged ? [evidence.said.logged] : []),
  ];
  const figures = Object.entries(measured).map(([key, value]) => `${key} ${value}`);
  return [
    `${evidence.verdicts[verdict]}  ${place}`,
    ...reasons.map((reason) => `  - ${sayReason(reason, lang)}`),
    ...(facts.length > 0 ? [`  ${facts.join(" · ")}`] : []),
    ...(figures.length > 0 ? [`  ${figures.join(" · ")}`] : []),
    "",
  ].join("\n");
}
