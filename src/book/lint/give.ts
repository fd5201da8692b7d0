import type { Args, Finding, FindingCode, Level } from "../../model/finding.ts";
import type { Source } from "../../model/source.ts";

export const give = (code: FindingCode, level: Level, source: Source, args: Args = {}): Finding => ({
  code,
  level,
  source: { file: source.file, line: source.line },
  args,
});
