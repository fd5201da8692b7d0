import type { Texts } from "../texts.ts";
import { alerts } from "./alerts.ts";
import { duties } from "./duties.ts";
import { manual } from "./manual.ts";
import { runs } from "./runs.ts";
import { shell } from "./shell.ts";
import { signIn } from "./sign-in.ts";
import { states } from "./states.ts";
import { today } from "./today.ts";

export const zh: Texts = { alerts, duties, manual, runs, shell, signIn, states, today };
