import { join } from "node:path";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = import.meta.dirname;

/** The console as files; `npm run build` calls it with the folder they go to. Serves nothing. */
export default defineConfig({
  root: here,
  base: "/",
  plugins: [react(), tailwind()],
  resolve: {
    // Both the library's own style element and its nonce are refused by our policy: see ui/style-singleton.ts.
    alias: { "react-style-singleton": join(here, "ui", "style-singleton.ts") },
  },
  build: {
    target: "es2024",
    assetsDir: "assets",
    // An image in the style sheet would need `data:` in the policy for nothing.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        // What every page needs comes in two files: what others wrote, which seldom changes, and ours.
        codeSplitting: {
          groups: [
            {
              name: "vendor",
              test: /node_modules\/(?:react|react-dom|scheduler|@tanstack\/(?!react-virtual|virtual-core)[\w-]+)\//,
              priority: 2,
            },
            {
              name: "shell",
              test: /console\/(?:main|app\/(?!palette|sheet)|ui\/(?!dialog|style)|api\/|i18n\/(?:texts|format))/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
