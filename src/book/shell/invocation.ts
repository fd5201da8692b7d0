import { WRAPPERS } from "../words/commands-waits.ts";
import { hasAny, positional } from "./flags.ts";
import type { Redirect, Simple, Word } from "./reading.ts";
import { readShell } from "./read.ts";
import { wordsOf } from "./table.ts";

/** One program that would run, wrappers taken off. */
export interface Invocation {
  /** Base name when it lies in a system directory, else as written; "" when only redirections or assignments stand there. */
  readonly program: string;
  readonly args: readonly string[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly piped: boolean;
  readonly sudo: boolean;
  /** A wrapper ends it after a time. */
  readonly boxed: boolean;
  /** Its name is a variable or a substitution. */
  readonly dynamic: boolean;
  /** It only carries other programs, which are listed behind it. */
  readonly carrier: boolean;
  /** Text for a shell that could not be read. */
  readonly opaque: boolean;
}

interface Around {
  readonly redirects: readonly Redirect[];
  readonly piped: boolean;
  readonly sudo: boolean;
  readonly boxed: boolean;
  readonly depth: number;
}

const SYSTEM_DIRECTORY = /^\/(usr\/)?(local\/)?s?bin\/([^/]+)$/;
const SHELLS = wordsOf("bash sh zsh dash ash ksh");

export const programName = (text: string): string => SYSTEM_DIRECTORY.exec(text)?.[3] ?? text;

/** Every program of a simple command, outermost first. */
export function invocations(simple: Simple): readonly Invocation[] {
  const around = { redirects: simple.redirects, piped: simple.piped, sudo: false, boxed: false, depth: 0 };
  return unwrap(simple.words, around);
}

function unwrap(words: readonly Word[], around: Around): readonly Invocation[] {
  const first = words[0];
  const program = first ? programName(first.text) : "";
  const one: Invocation = {
    program,
    args: words.slice(1).map((word) => word.text),
    words: words.slice(1),
    redirects: around.redirects,
    piped: around.piped,
    sudo: around.sudo,
    boxed: around.boxed,
    dynamic: first?.dynamic ?? false,
    carrier: false,
    opaque: false,
  };
  const carries = CARRIERS.get(program);
  if (!carries) return [one];
  if (around.depth > 8) return [{ ...one, opaque: true }];
  const inner = carries(one, { ...around, depth: around.depth + 1 });
  if (!inner) return [one];
  const stripped = Object.hasOwn(WRAPPERS, program) && program !== "watch";
  return stripped ? inner : [{ ...one, carrier: true }, ...inner];
}

function wrapped(one: Invocation, around: Around): readonly Invocation[] | undefined {
  const { program, words } = one;
  const wrapper = WRAPPERS[program];
  if (!wrapper) return undefined;
  if (program === "command" && hasAny(one.args.slice(0, 1), "-v -V")) return undefined;
  if (program === "sudo" && hasAny(one.args.slice(0, 1), "-l -v -k -i -s -e --list --login --shell --edit"))
    return undefined;
  const takes = wordsOf(wrapper.values);
  let i = 0;
  for (; i < words.length; i++) {
    const text = words[i]?.text ?? "";
    if (text === "--") {
      i++;
      break;
    }
    if (text.startsWith("-") && text.length > 1) i += takes.has(text) ? 1 : 0;
    else if (!/^[A-Za-z_]\w*=/.test(text)) break;
  }
  const rest = words.slice(i + wrapper.skip);
  if (rest.length === 0) return undefined;
  const within: Around = {
    ...around,
    sudo: around.sudo || program === "sudo" || program === "doas",
    boxed: around.boxed || program === "timeout",
    piped: around.piped || program === "xargs" || program === "parallel",
  };
  if (program === "watch" && rest.length === 1 && rest[0]) return fromText(rest[0].text, rest, within);
  return unwrap(rest, within);
}

function shellText(one: Invocation, around: Around): readonly Invocation[] | undefined {
  const fromOption = option(one.words, "-c", around);
  if (fromOption) return fromOption;
  const body = input(one.redirects);
  if (body === undefined || positional(one.args).length > 0) return undefined;
  return fromText(body, [], { ...around, redirects: [] });
}

/** Text of a here-document or here-string. */
export function input(redirects: readonly Redirect[]): string | undefined {
  const here = redirects.find((redirect) => redirect.op === "<<" || redirect.op === "<<<");
  return here ? (here.body ?? here.target.text) : undefined;
}

function option(words: readonly Word[], flag: string, around: Around): readonly Invocation[] | undefined {
  const at = words.findIndex((word) => word.text === flag || /^-[a-z]*c$/.test(word.text));
  const text = words[at + 1];
  return at < 0 || !text ? undefined : fromText(text.text, [text], around);
}

function fromText(text: string, words: readonly Word[], around: Around): readonly Invocation[] {
  const reading = readShell(text);
  const hidden = reading.problem !== undefined || words.some((word) => word.dynamic && /^[$`]/.test(word.text));
  if (hidden) return [{ ...nothing(around), opaque: true }];
  return reading.statements
    .flatMap((statement) => statement.simples)
    .flatMap((simple) =>
      unwrap(simple.words, { ...around, redirects: simple.redirects, piped: simple.piped || around.piped }),
    );
}

const nothing = (around: Around): Invocation => ({
  program: "",
  args: [],
  words: [],
  redirects: [],
  piped: around.piped,
  sudo: around.sudo,
  boxed: around.boxed,
  dynamic: false,
  carrier: false,
  opaque: false,
});

const SSH_VALUES = "-p -i -l -o -F -J -L -R -D -b -c -E -e -I -m -O -Q -S -W -w -B";

function remote(one: Invocation, around: Around): readonly Invocation[] | undefined {
  const [host, ...rest] = positionalUntil(one.args, SSH_VALUES);
  if (!host) return undefined;
  const text = rest.join(" ");
  if (text !== "") return fromText(text, one.words.slice(-rest.length), { ...around, redirects: [] });
  const body = input(one.redirects);
  return body === undefined ? undefined : fromText(body, [], { ...around, redirects: [] });
}

/** Positional words; after the first one options belong to the command that follows. */
function positionalUntil(args: readonly string[], values: string): readonly string[] {
  const takes = wordsOf(values);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg.startsWith("-") && arg.length > 1) i += takes.has(arg) ? 1 : 0;
    else return args.slice(i);
  }
  return [];
}

function found(words: readonly Word[], around: Around): readonly Invocation[] | undefined {
  const inner: Invocation[] = [];
  for (let i = 0; i < words.length; i++) {
    if (!/^-(exec|execdir|ok|okdir)$/.test(words[i]?.text ?? "")) continue;
    let end = i + 1;
    while (end < words.length && words[end]?.text !== ";" && words[end]?.text !== "+") end++;
    inner.push(...unwrap(words.slice(i + 1, end), { ...around, piped: true, redirects: [] }));
    i = end;
  }
  return inner.length > 0 ? inner : undefined;
}

const EXEC_VALUES = "-e --env -u --user -w --workdir --env-file --detach-keys --index";

function contained(one: Invocation, around: Around): readonly Invocation[] | undefined {
  const at = one.args.indexOf("exec");
  if (at < 0 || one.args.slice(0, at).some((arg) => /^(run|logs|ps|build|cp)$/.test(arg))) return undefined;
  const rest = positionalUntil(one.args.slice(at + 1), EXEC_VALUES);
  const command = one.words.slice(one.words.length - rest.length + 1);
  return rest.length < 2 ? undefined : unwrap(command, around);
}

function podded(one: Invocation, around: Around): readonly Invocation[] | undefined {
  const at = one.args.indexOf("--");
  if (!one.args.includes("exec") || at < 0 || at === one.args.length - 1) return undefined;
  return unwrap(one.words.slice(at + 1), around);
}

type Carries = (one: Invocation, around: Around) => readonly Invocation[] | undefined;

/** What a program runs that is given to it in its words or on its standard input; undefined: nothing. */
const CARRIERS: ReadonlyMap<string, Carries> = new Map<string, Carries>([
  ...Object.keys(WRAPPERS).map((name) => [name, wrapped] as const),
  ...[...SHELLS].map((name) => [name, shellText] as const),
  ...["docker", "podman", "nerdctl", "docker-compose"].map((name) => [name, contained] as const),
  ...["kubectl", "oc", "k"].map((name) => [name, podded] as const),
  ["su", (one, around) => option(one.words, "-c", around)],
  ["eval", (one, around) => (one.words.length > 0 ? fromText(one.args.join(" "), one.words, around) : undefined)],
  ["ssh", remote],
  ["find", (one, around) => found(one.words, around)],
]);
