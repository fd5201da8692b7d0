import type { BackupKind, SetSeen } from "../../../model/backup.ts";
import type { StepContext } from "../../../model/step.ts";
import { backups } from "../../backups/index.ts";
import { assignments } from "../../targets/receipt/assign.ts";
import { quote } from "../../targets/posix/quote.ts";
import type { Repository } from "./fields.ts";
import { aside, partOf, type NamedPart } from "./part.ts";
import { repositoryOf } from "./where.ts";

/** Whether a set has copies in a repository of its tool's: those of every place are the same ones. */
export const isShared = ({ manifest }: SetSeen): boolean =>
  (manifest?.parts ?? []).some((part) => backups.find(({ kind }) => kind === part.kind)?.forget !== undefined);

/**
 * The word `forget ID`: for every part whose kind keeps its copies in a repository of its tool's, that tool forgets this
 * one copy by its name. Parameters come from the set's manifest (`facts` of the kind), never a rule of the tool; from the
 * book's parts of today comes only which repositories are gone for good.
 */
export async function forgetting(
  sets: readonly SetSeen[],
  repository: Repository,
  parts: readonly NamedPart[],
  context: Pick<StepContext, "secret">,
): Promise<{ readonly text: string; readonly env: Readonly<Record<string, string>> }> {
  const cases: string[] = [];
  const env: Record<string, string> = {};
  const today = (kind: BackupKind): readonly unknown[] =>
    parts.filter((part) => part.kind === kind.kind).map((part) => partOf(part).data);
  for (const { id, manifest } of sets) {
    const programs: string[] = [];
    for (const part of manifest?.parts ?? []) {
      const kind = backups.find((one) => one.kind === part.kind);
      const program = kind?.forget?.(part.facts, today(kind));
      if (!program) continue;
      const copy = `${repositoryOf(repository)}/${id}/${part.id}`;
      const own = await aside(program, context, `WB_F${Object.keys(env).length}`);
      Object.assign(env, own.env);
      programs.push(`(\n${own.lines}${assignments({ WB_COPY: copy })}${program.text}\n) || exit $?`);
    }
    if (programs.length > 0) cases.push(`${quote(id)})\n${programs.join("\n")}\n;;`);
  }
  const text = cases.length === 0 ? "forget() { :; }\n" : `forget() {\ncase $1 in\n${cases.join("\n")}\nesac\n}\n`;
  return { text, env };
}
