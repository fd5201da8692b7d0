/** The command as it is asked for, with root's rights where they are wanted; sudo never asks for a password (`-n`, sudo(8)). */
export const withSudo = (sudo: boolean, argv: readonly string[]): readonly string[] =>
  sudo ? ["sudo", "-n", "--", ...argv] : argv;
