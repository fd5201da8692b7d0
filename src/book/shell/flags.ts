import { wordsOf } from "./table.ts";

/**
 * Whether a flag is there: `--name` also as `--name=x` (but not `=false`), a single letter also inside a cluster (`-rf`),
 * where reading stops at a letter that takes a value (`-uroot`).
 */
export function has(args: readonly string[], flag: string, values = ""): boolean {
  const letter = /^-[A-Za-z0-9]$/.test(flag) ? flag[1] : undefined;
  for (const arg of args) {
    if (arg === "--") return false;
    if (arg === flag) return true;
    if (flag.startsWith("--") && arg.startsWith(`${flag}=`)) return !/=(false|no|0)$/.test(arg);
    if (letter === undefined || !/^-[A-Za-z0-9]{2}/.test(arg)) continue;
    for (const one of arg.slice(1)) {
      if (one === letter) return true;
      if (!/[A-Za-z0-9]/.test(one) || wordsOf(values).has(`-${one}`)) break;
    }
  }
  return false;
}

export const hasAny = (args: readonly string[], flags: string, values = ""): boolean => {
  for (const flag of wordsOf(flags)) if (has(args, flag, values)) return true;
  return false;
};

/** Positional words with their indexes; options and the values of those in `values` left out. */
export function positional(
  args: readonly string[],
  values = "",
  most = Number.POSITIVE_INFINITY,
): readonly { readonly text: string; readonly at: number }[] {
  const found: { text: string; at: number }[] = [];
  const takes = wordsOf(values);
  for (let i = 0; i < args.length && found.length < most; i++) {
    const arg = args[i] as string;
    if (arg === "--") {
      for (let rest = i + 1; rest < args.length && found.length < most; rest++)
        found.push({ text: args[rest] as string, at: rest });
      break;
    }
    if (arg.startsWith("-") && arg.length > 1) {
      if (takes.has(arg)) i++;
    } else found.push({ text: arg, at: i });
  }
  return found;
}

/** Value of the first of some options: `--name x`, `--name=x`, `-nx`. */
export function valueOf(args: readonly string[], options: string, values = ""): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    for (const option of wordsOf(options)) {
      if (arg === option) return args[i + 1];
      if (option.startsWith("--") && arg.startsWith(`${option}=`)) return arg.slice(option.length + 1);
      if (!option.startsWith("--") && /^-[A-Za-z]/.test(arg) && !arg.startsWith("--") && has([arg], option, values))
        return arg.endsWith(option.slice(1)) ? args[i + 1] : arg.slice(arg.indexOf(option.slice(1)) + 1);
    }
  }
  return undefined;
}
