import type { LintRule } from "../../../model/book.ts";
import { killsOutright, takesDown } from "../../../model/outright.ts";
import { inForce } from "../../../model/states.ts";
import { give } from "../give.ts";

/** A step that kills a service without giving it time, or takes its data away with it (M-035, M-036): no plan does it. */
export const outright: LintRule = {
  codes: ["WB716", "WB717"],
  run: (book) =>
    book.runbooks
      .filter(({ status }) => inForce(status))
      .flatMap(({ title, steps }) =>
        steps.flatMap(({ source, commands }) =>
          commands.flatMap((command) => {
            const at = { file: source.file, line: command.line };
            const args = { command: command.text.trim().slice(0, 120), title };
            if (killsOutright(command)) return [give("WB716", "warn", at, args)];
            return takesDown(command) === "volumes" ? [give("WB717", "error", at, args)] : [];
          }),
        ),
      ),
};
