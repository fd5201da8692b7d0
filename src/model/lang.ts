/** Languages of manuals, messages and reports. */
export type Lang = "en" | "zh";
