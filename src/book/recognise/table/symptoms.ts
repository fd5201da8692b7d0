import { TROUBLE_CONTEXT } from "../../words/contexts.ts";
import { SEVERITY_HEADERS, SYMPTOM_HEADERS as H } from "../../words/headers.ts";
import { context, sourceAt } from "../place.ts";
import type { TableRule } from "./sheet.ts";
import { perHeader, columnsOf, filled, textAt } from "./sheet.ts";

/** The level of a fault is no fault. */
const LEVEL = SEVERITY_HEADERS.level;
const columns = perHeader((header) => {
  const [first = "", ...rest] = header;
  const others = columnsOf(
    ["", ...rest],
    [
      ["cause", H.cause],
      ["look", H.look],
      ["action", H.action],
    ],
  );
  return { ...others, certain: H.symptom.in(first), possible: H.problem.in(first) && !LEVEL.in(first) };
});

/**
 * What is seen × where to look, why, what to do. The first header must say symptom; a header that says problem or error
 * needs cause and action beside it, or a trouble-shooting heading above.
 */
export const symptoms: TableRule = {
  kind: "symptoms",
  fits: (sheet) => {
    const { look, cause, action } = columns(sheet);
    return look !== undefined || cause !== undefined || action !== undefined;
  },
  matches(sheet) {
    if (!symptoms.fits(sheet) || filled(sheet).length === 0) return false;
    const { certain, possible, cause, action } = columns(sheet);
    if (certain) return true;
    if (!possible) return false;
    return (
      (cause !== undefined && action !== undefined) || context(sheet.place).some((text) => TROUBLE_CONTEXT.in(text))
    );
  },
  read(sheet) {
    const { look, cause, action } = columns(sheet);
    return {
      symptoms: filled(sheet).map((row) => ({
        symptom: textAt(row, 0),
        look: textAt(row, look),
        ...(cause !== undefined && { cause: textAt(row, cause) }),
        ...(action !== undefined && { action: textAt(row, action) }),
        source: sourceAt(sheet.place.page, row.line),
      })),
    };
  },
};
