import { createHash } from "node:crypto";
import { z } from "zod";
import type { SetManifest, SetSeen } from "../../../model/backup.ts";
import { ReachError, type Reach } from "../../../model/target.ts";
import { withSudo } from "../../targets/posix/sudo.ts";

/**
 * One line per fact of a set; what is not sealed bears another name and is not listed. Names are lines here: those that no run
 * has are not listed either. A proof that is there and is not read must not be taken for none: its line is empty.
 */
const LIST = String.raw`
LC_ALL=C
export LC_ALL
said=$(ls -d -- "$1" 2>&1) || case $said in
  *'No such file'*) exit 0 ;;
  *) echo "$said" >&2; exit 1 ;;
esac
# What cannot be looked into is not empty.
cd -- "$1" && [ -r . ] || { echo "$1: permission denied" >&2; exit 1; }
for set in r????????-??????-????????; do
  case $set in *[!a-zA-Z0-9-]*) continue ;; esac
  [ -d "$set" ] || continue
  printf 'set %s\n' "$set"
  [ -e "$set/manifest.json" ] && printf 'manifest %s\n' "$(base64 <"$set/manifest.json" | tr -d '\n')"
  if [ -e "$set/restored.json" ] || [ -L "$set/restored.json" ]; then
    proof=$(base64 <"$set/restored.json" 2>/dev/null) || proof=
    [ ! -d "$set" ] || printf 'restored %s\n' "$(printf %s "$proof" | tr -d '\n')"
  fi
  for hold in "$set"/hold-r????????-??????-????????; do
    run=${"$"}{hold##*/hold-}
    case $run in *[!a-zA-Z0-9-]*) continue ;; esac
    [ -e "$hold" ] && printf 'hold %s\n' "$run"
  done
done
exit 0
`;

const MOST_BYTES = 32 * 1_048_576;
const LONGEST_MS = 60_000;

const plain = (base64: string): string => Buffer.from(base64, "base64").toString("utf8");

/** What may be any JSON, or none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** It comes onto terminals. */
const name = z.string().regex(/^\P{Cc}+$/u);

/** What is read of a manifest, and no more: those of years ago stay readable. */
const manifest = z.looseObject({
  format: z.literal("watchbook-backup/1"),
  id: z.string(),
  until: z.iso.datetime(),
  parts: z.array(
    z.looseObject({
      id: name,
      kind: name,
      bytes: z.number(),
      sums: z.string(),
      facts: z.record(z.string(), z.string()),
    }),
  ),
  agreed: z.array(z.looseObject({ torn: z.number() })),
});

const proof = z.looseObject({ run: name, at: z.iso.datetime(), probes: z.int() });

/** A manifest that another program, or half a disk, may have written. */
function manifestOf(text: string, id: string): Pick<SetSeen, "manifest" | "digest" | "problem"> {
  const digest = createHash("sha256").update(text).digest("hex");
  const { data } = manifest.safeParse(parsed(text));
  if (data?.id !== id) return { digest, problem: "manifest.json" };
  return { digest, manifest: data as unknown as SetManifest };
}

function proofOf(text: string): Pick<SetSeen, "restored" | "proofUnread"> {
  const { data } = proof.safeParse(parsed(text));
  return data ? { restored: data } : { proofUnread: true };
}

/** The lines that LIST printed, set by set. */
export function setsIn(lines: string): readonly SetSeen[] {
  const sets: SetSeen[] = [];
  for (const line of lines.split("\n")) {
    const space = line.indexOf(" ");
    const [word, value] = [line.slice(0, space), line.slice(space + 1)];
    const last = sets.at(-1);
    if (word === "set") sets.push({ id: value, holds: [], problem: "manifest.json" });
    else if (!last) continue;
    else if (word === "manifest") {
      const { problem: _, ...rest } = last;
      sets[sets.length - 1] = { ...rest, ...manifestOf(plain(value), last.id) };
    } else if (word === "restored") sets[sets.length - 1] = { ...last, ...proofOf(plain(value)) };
    else if (word === "hold") sets[sets.length - 1] = { ...last, holds: [...last.holds, value] };
  }
  return sets;
}

/** A folder of sets. `over`: the words by which another host is asked, which the target reaches and we do not. */
interface Where {
  readonly folder: string;
  readonly sudo: boolean;
  readonly over?: (words: readonly string[]) => readonly string[];
}

/**
 * Sets of a repository, oldest first; none where there is no such folder. Rejects with ReachError when it cannot be
 * looked at: nothing is said of sets that were not seen.
 */
export async function listSets(
  reach: Reach,
  { folder, sudo, over }: Where,
  signal?: AbortSignal,
): Promise<readonly SetSeen[]> {
  const list = ["sh", "-c", LIST, "watchbook", folder];
  const argv = withSudo(sudo, over?.(list) ?? list);
  const { end, out, err, truncated } = await reach.exec(argv, {
    timeoutMs: LONGEST_MS,
    maxBytes: MOST_BYTES,
    ...(signal && { signal }),
  });
  if (end.kind !== "exit" || end.code !== 0 || truncated)
    throw new ReachError("other", err.trim().slice(0, 200) || (truncated ? "too many sets" : end.kind));
  return setsIn(out);
}
