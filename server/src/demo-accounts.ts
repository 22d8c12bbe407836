/** How to get into the demonstration region: one line each. */
export const demoAccounts = (): string[] => []
