/** The pieces of a document have no names and never move: their place is their key. */
export const numbered = <T>(pieces: readonly T[]) => pieces.map((value, at) => ({ key: String(at), value }))
