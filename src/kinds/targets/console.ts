import { z } from "zod";
import { CONSOLE, ReachError, type TargetKind } from "../../model/target.ts";

const params = z.strictObject({
  where: z.string().min(1).describe("Where the person gets a console: iLO, IPMI, the provider's VNC, a crash cart."),
  login: z.string().min(1).optional().describe("Which login, and where its secret is kept; never the secret itself."),
});

type ConsoleParams = z.infer<typeof params>;

/**
 * A host that only a person can reach, for rescue when sshd, sudoers or fstab is what broke. Nothing is ever executed or
 * requested there: what is planned on it is put to a person, who types it and says what was seen.
 */
export const consoleTarget: TargetKind<ConsoleParams> = {
  kind: CONSOLE,
  params,
  open: (name, { where }) => Promise.reject(new ReachError("by-hand", `${name}: ${where}`)),
  seat: ({ where, login }) => ({ where, ...(login !== undefined && { login }) }),
};
