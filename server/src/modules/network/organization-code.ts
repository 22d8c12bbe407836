const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The ninth character of an organization code (组织机构代码, GB 11714) from its eight digits or letters. */
export function organizationCheckCharacter(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number.parseInt(body[i] ?? '0', 36), 0)
  const check = 11 - (sum % 11)
  if (check === 11) return '0'
  return check === 10 ? 'X' : String(check)
}
