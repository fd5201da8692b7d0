import { alerts } from "./alerts.ts";
import { backups } from "./backups.ts";
import { changes } from "./changes.ts";
import { duties } from "./duties.ts";
import { evidence } from "./evidence.ts";
import { incidents } from "./incidents.ts";
import { manual } from "./manual.ts";
import { problems } from "./problems.ts";
import { runs } from "./runs.ts";
import { settings } from "./settings.ts";
import { services } from "./services.ts";
import { shell } from "./shell.ts";
import { signIn } from "./sign-in.ts";
import { states } from "./states.ts";
import { today } from "./today.ts";

export const en = {
  alerts,
  backups,
  changes,
  duties,
  evidence,
  incidents,
  manual,
  problems,
  runs,
  settings,
  services,
  shell,
  signIn,
  states,
  today,
} as const;
