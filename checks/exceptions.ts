/**
 * Every place that may break a text rule, and why. A line whose place no longer breaks the rule fails the check,
 * so the list only holds what is needed.
 */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'one-door': {
    'web/src/kernel/call.ts': 'is the door: every endpoint of the api is called here',
  },
  'config-reads-environment': {
    'server/src/config.ts': 'is the one reader: environment → one typed value',
  },
}
