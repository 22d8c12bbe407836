/**
 * Tests that may be skipped, each with its reason, as `'path/of.test.ts > its full name'`. Every other skipped test
 * counts as failed.
 */
export const allowedSkips: Readonly<Record<string, string>> = {}
