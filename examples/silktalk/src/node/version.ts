/** Version of the example node. */
export const VERSION = "1.0.0";
