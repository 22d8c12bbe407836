let allowed: ReadonlySet<string> = new Set()

/** Says to which `host:port` this installation may send messages of HL7 v2; main.ts does, from the configuration. */
export function bindDestinations(destinations: readonly string[]): void {
  allowed = new Set(destinations)
}

/** Whether messages may go there: an institution's administrator chooses among what the operator allows. */
export const isDestination = (destination: string): boolean => allowed.has(destination)
