/** So long may work that could wait keep everybody else waiting. */
const TAKEN_MS = 10

/** Lets whoever waits for this process have their turn. */
export const turn = (): Promise<void> => new Promise((go) => setImmediate(go))

/** For long work to ask between two of its pieces: others have their turn when it has taken ten milliseconds. */
export function paced(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < TAKEN_MS) return
    await turn()
    since = performance.now()
  }
}
