import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { composeTarget } from "../../src/kinds/targets/compose.ts";
import type { Reach } from "../../src/model/target.ts";
import { docker, ownName, type Docker } from "./docker.ts";
import { folder } from "./folder.ts";

/** A Compose project of one test, brought down with everything of it when the test ends. */
export interface Stack {
  readonly docker: Docker;
  readonly project: string;
  readonly directory: string;
  /** Output of `docker compose …` in the project. */
  compose(...words: readonly string[]): string;
  write(file: string, text: string): void;
  /** A hand on the project, closed when the test ends. */
  open(params?: Readonly<Record<string, unknown>>): Promise<Reach>;
}

/** A project with this compose.yaml, not started; undefined when the test is skipped. */
export async function stack(t: TestContext, yaml: (docker: Docker) => string): Promise<Stack | undefined> {
  const engine = await docker(t);
  if (!engine) return undefined;
  const project = ownName("stack");
  // Hooks run in the order they are registered: the project is brought down before its folder goes.
  t.after(() => void compose("down", "--volumes", "--remove-orphans", "--timeout", "0"));
  const directory = folder(t);
  const write = (file: string, text: string): void => writeFileSync(join(directory, file), text);
  write("compose.yaml", yaml(engine));
  const compose = (...words: readonly string[]): string =>
    engine.docker(
      "compose",
      "-p",
      project,
      "--project-directory",
      directory,
      "-f",
      join(directory, "compose.yaml"),
      ...words,
    );
  const open = async (params: Readonly<Record<string, unknown>> = {}): Promise<Reach> => {
    const checked = composeTarget.params.safeParse({ directory, project, env: engine.env, ...params });
    if (!checked.success) throw new Error(JSON.stringify(checked.error.issues));
    const reach = await composeTarget.open("stack", checked.data);
    t.after(() => reach[Symbol.asyncDispose]());
    return reach;
  };
  return { docker: engine, project, directory, compose, write, open };
}
