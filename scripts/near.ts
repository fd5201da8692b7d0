// Loaded before each test file (scripts/test.ts): all of them load hundreds of modules.
import { resolveNear } from "../src/cli/near.ts";

resolveNear(new URL("..", import.meta.url).href);
