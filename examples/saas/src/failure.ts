/** Something the caller or the surroundings got wrong: a code and facts, said as one JSON line. Exit 2 input, 3 state. */
export class Failure extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly exit: number;

  constructor(code: string, facts: Readonly<Record<string, unknown>> = {}, exit = 3) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.code = code;
    this.facts = facts;
    this.exit = exit;
  }
}

/** Runs a program's main part; a Failure ends it with its own exit status, anything else is a bug with a stack. */
export async function told(main: () => Promise<unknown>): Promise<void> {
  try {
    const facts = await main();
    if (facts !== undefined) process.stdout.write(`${JSON.stringify(facts)}\n`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${JSON.stringify({ failed: error.code, ...error.facts })}\n`);
    process.exitCode = error.exit;
  }
}
