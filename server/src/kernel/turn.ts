/** Lets whoever waits for this process have their turn; long work stops for it between two pieces. */
export const turn = (): Promise<void> => new Promise((go) => setImmediate(go))
