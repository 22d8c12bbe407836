// Loaded before the product (`--import`), where a test wants a process whose own clock is wrong by SKEW_MS.
const ahead = Number(process.env.SKEW_MS ?? 0)
const Right = Date

class Skewed extends Right {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(Right.now() + ahead)
    // Everything but "now" is what it is.
    else super(...(given as [number]))
  }

  static override now(): number {
    return Right.now() + ahead
  }
}

globalThis.Date = Skewed as DateConstructor
