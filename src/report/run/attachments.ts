import { attachmentsOf, type Attachment } from "../../evidence/run/attachments.ts";
import type { RunJudged } from "../../evidence/run/judge.ts";
import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import { code, markdown } from "../escape.ts";
import { where } from "./say.ts";

/** Pictures that browsers show by themselves. */
const PICTURE = /\.(?:png|jpe?g|gif|webp)$/;

/** A picture is shown, anything else is linked; both lie beside the page. */
const shown = ({ file, name }: Attachment): string => `${PICTURE.test(file) ? "!" : ""}[${markdown(name)}](${file})`;

/** What persons gave with their steps: who, for what, and the digest that the signature covers. */
export function attachmentLines({ journal }: Pick<RunJudged, "journal">, lang: Lang): readonly string[] {
  const files = attachmentsOf(journal);
  const { sections, attachment } = texts(lang).runPage;
  if (files.length === 0) return [];
  return [
    `## ${sections.attachments}`,
    "",
    ...files.flatMap((one) => {
      const what = where(one.step, one.target, lang);
      const args = { by: markdown(one.by), what, file: code(one.file), bytes: one.bytes, sha256: code(one.sha256) };
      return [shown(one), "", format(attachment, args), ""];
    }),
  ];
}
