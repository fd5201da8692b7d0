/** An error of the operator: one sentence, the next action, and the exit code of the command. */
export class Failure extends Error {
  readonly fix: string;
  readonly exit: number;

  constructor(say: string, fix: string, exit = 2, options?: ErrorOptions) {
    super(say, options);
    this.name = "Failure";
    this.fix = fix;
    this.exit = exit;
  }
}

/** First sentence of what parseArgs says of a wrong option, which is the operator's mistake; undefined for all else. */
export function optionMistake(error: unknown): string | undefined {
  const mine = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  return mine ? `${error.message.split(". ")[0]!.replace(/\.$/, "")}.` : undefined;
}
