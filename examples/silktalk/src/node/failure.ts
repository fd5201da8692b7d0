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
