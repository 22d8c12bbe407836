/** What one doctor of one team was answered in one quarter. */
export interface SurveyCell {
  /** Its first day. */
  readonly quarter: string
  readonly teamId: string
  readonly doctorId: string
  readonly answered: number
  readonly satisfied: number
  /** Of all scores. */
  readonly scores: number
}

export type SurveyScope = { readonly teamId?: string; readonly doctorId?: string }

/** What may be told of a community, a team or a doctor: the sums, and of which quarters they are. */
export interface Told {
  readonly answered: number
  readonly satisfied: number
  readonly scores: number
  readonly quarters: readonly string[]
}

interface Part {
  readonly key: string
  readonly answered: number
  /** Left out whatever its size. */
  readonly never?: boolean
}

/**
 * Which parts of a whole may be told beside it, so that what is not told cannot be reckoned from the rest: a part with fewer
 * than `least` answers is left out, and as many more, the smallest first, until those left out are at least `least` together.
 * Complementary suppression of a one-way table; Willenborg and de Waal, Elements of Statistical Disclosure Control (2001).
 */
export function tellable(parts: readonly Part[], least: number): Set<string> {
  const mayBe = (part: Part) => part.answered >= least && !part.never
  const told = parts.filter(mayBe).toSorted((a, b) => b.answered - a.answered)
  let hidden = parts.reduce((all, part) => all + (mayBe(part) ? 0 : part.answered), 0)
  while (hidden > 0 && hidden < least && told.length > 0) hidden += told.pop()?.answered ?? 0
  return new Set(told.map(({ key }) => key))
}

const sum = (cells: readonly SurveyCell[], of: 'answered' | 'satisfied' | 'scores'): number =>
  cells.reduce((all, cell) => all + cell[of], 0)

const partsBy = (cells: readonly SurveyCell[], key: 'teamId' | 'doctorId'): Part[] =>
  [...Map.groupBy(cells, (cell) => cell[key])].map(([id, own]) => ({
    key: id,
    answered: sum(own, 'answered'),
  }))

/** Of one quarter's cells, those that may be told: the community's at all, each team's, each doctor's within a team that is. */
function toldOf(cells: readonly SurveyCell[], least: number) {
  const whole = sum(cells, 'answered') >= least
  const teams = whole ? tellable(partsBy(cells, 'teamId'), least) : new Set<string>()
  const homes = Map.groupBy(cells, (cell) => cell.doctorId)
  const doctors = [...teams].flatMap((teamId) => {
    const own = cells.filter((cell) => cell.teamId === teamId)
    // Who worked in two teams is told in none: their sum would tell of both.
    const moved = (id: string) => (homes.get(id) ?? []).some((cell) => cell.teamId !== teamId)
    return [
      ...tellable(
        partsBy(own, 'doctorId').map((part) => ({ ...part, never: moved(part.key) })),
        least,
      ),
    ]
  })
  return { whole, teams, doctors: new Set(doctors) }
}

/**
 * What may be told of a scope over whole quarters. Every quarter is judged by itself and counts whole or not at all, so that
 * two periods, one taken from the other, tell no more than the quarters themselves.
 */
export function toldBy(cells: readonly SurveyCell[], { teamId, doctorId }: SurveyScope, least: number): Told {
  const quarters: string[] = []
  const counted: SurveyCell[] = []
  for (const [quarter, all] of Map.groupBy(cells, (cell) => cell.quarter)) {
    const { whole, teams, doctors } = toldOf(all, least)
    const open =
      doctorId === undefined ? (teamId === undefined ? whole : teams.has(teamId)) : doctors.has(doctorId)
    if (!open) continue
    quarters.push(quarter)
    const own = (cell: SurveyCell) =>
      (teamId === undefined || cell.teamId === teamId) &&
      (doctorId === undefined || cell.doctorId === doctorId)
    counted.push(...all.filter(own))
  }
  return {
    ...{ answered: sum(counted, 'answered'), satisfied: sum(counted, 'satisfied') },
    ...{ scores: sum(counted, 'scores'), quarters },
  }
}

/** The first day of a day's quarter. */
export const quarterOf = (day: string): string => {
  const month = Number(day.slice(5, 7))
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`
}
